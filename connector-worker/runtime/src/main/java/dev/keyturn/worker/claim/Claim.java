package dev.keyturn.worker.claim;

import dev.keyturn.worker.challenge.Checkpoint;
import dev.keyturn.worker.journal.Entry;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.store.AccountTable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run that this worker has, and what it needs for it. Everything in it that is secret is sealed.
 *
 * @param journal what earlier epochs wrote
 * @param open the challenge that the run waited for when it was adopted; null if it did not wait
 */
public record Claim(
        Run run, AccountTable.Kept kept, List<Entry> journal, @Nullable Checkpoint open) {

    public UUID runId() {
        return run.id();
    }

    public UUID accountId() {
        return run.accountId();
    }

    public long epoch() {
        return run.standing().epoch();
    }

    public @Nullable String traceparent() {
        return run.traceparent();
    }

    @Override
    public String toString() {
        return "Claim[" + run.id() + ", epoch " + epoch() + "]";
    }
}
