package dev.keyturn.worker.run;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids of facts and commands that are the same when the same thing is written again. */
public final class FactIds {

    private FactIds() {}

    /**
     * An id.
     *
     * @param scope run, challenge or command that it belongs to
     * @param what which fact of that, once per number
     */
    public static UUID of(UUID scope, String what, long number) {
        return UUID.nameUUIDFromBytes(
                (scope + "/" + what + "/" + number).getBytes(StandardCharsets.UTF_8));
    }
}
