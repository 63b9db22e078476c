package dev.keyturn.worker.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Steps and waits of one run in their order; what earlier epochs wrote is found again. */
public final class Journal {

    private final Map<Integer, Entry> earlier;
    private int next;

    /** A journal with what was written before this epoch. */
    public Journal(List<Entry> earlier) {
        this.earlier =
                earlier.stream().collect(Collectors.toMap(Entry::position, Function.identity()));
    }

    /** What an earlier epoch did next. */
    public Optional<Entry> peek() {
        return Optional.ofNullable(earlier.get(next));
    }

    /** Whether an earlier epoch asked a person from here on. */
    public boolean hasWaitAhead() {
        return earlier.values().stream()
                .anyMatch(e -> e.position() >= next && e.kind() == Entry.Kind.WAIT);
    }

    /** What to do with the next step or wait. */
    public Found next(Entry.Kind kind, String name) {
        int position = next++;
        @Nullable Entry entry = earlier.get(position);
        if (entry == null) {
            return new Found.Nothing(position);
        }
        if (entry.kind() != kind || !entry.name().equals(name)) {
            return new Found.Different(position, entry.name(), name);
        }
        if (entry.done()) {
            return new Found.Finished(entry);
        }
        return entry.once() ? new Found.Begun(entry) : new Found.Nothing(position);
    }
}
