package dev.keyturn.worker.run;

import dev.keyturn.values.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a run ends. */
public sealed interface Ending {

    /** Well. */
    record Finished() implements Ending {}

    /**
     * Not well.
     *
     * @param words what the person reads besides
     * @param correlationId by which an operator finds the details
     * @param until when it is worth trying again
     */
    record Failed(
            Reason reason,
            @Nullable String words,
            @Nullable String correlationId,
            @Nullable Instant until)
            implements Ending {

        /** The same, worth trying again from an instant on. */
        public Failed toUntil(Instant instant) {
            return new Failed(reason, words, correlationId, instant);
        }
    }

    /** An end with a reason that says it all. */
    static Ending failed(Reason reason) {
        return new Failed(reason, null, null, null);
    }

    /** The reason's text; {@code FINISHED} for a good end. */
    default String label() {
        return switch (this) {
            case Finished _ -> "FINISHED";
            case Failed failed -> failed.reason().text();
        };
    }
}
