package dev.keyturn.worker.execution;

import dev.keyturn.values.RejectedBy;
import dev.keyturn.values.RejectedWhy;
import dev.keyturn.worker.challenge.Checkpoint;
import org.jspecify.annotations.Nullable;

/** That the code of a challenge was refused. */
record Refusal(Checkpoint of, RejectedBy by, RejectedWhy why, @Nullable String words) {

    static Refusal bySite(Checkpoint of, @Nullable String words) {
        return new Refusal(of, RejectedBy.SITE, RejectedWhy.WRONG, words);
    }

    static Refusal byWorker(Checkpoint of, RejectedWhy why) {
        return new Refusal(of, RejectedBy.WORKER, why, null);
    }

    boolean isBySite() {
        return by.equals(RejectedBy.SITE);
    }
}
