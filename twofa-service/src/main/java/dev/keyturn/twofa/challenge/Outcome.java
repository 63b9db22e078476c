package dev.keyturn.twofa.challenge;

import dev.keyturn.events.ChallengeFact;
import dev.keyturn.replies.WorkerReply;
import dev.keyturn.values.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person's command did to a challenge.
 *
 * @param challenge where it stands now; absent if there is none
 * @param fact for the log; absent if the verdict is all there is to tell
 * @param reply for the worker; absent if it need not know
 */
record Outcome(
        @Nullable Challenge challenge,
        Verdict verdict,
        @Nullable ChallengeFact fact,
        @Nullable WorkerReply reply) {

    static Outcome unchanged(@Nullable Challenge challenge, Verdict verdict) {
        return new Outcome(challenge, verdict, null, null);
    }

    List<Answer> replies() {
        return challenge == null || reply == null ? List.of() : Replies.toWorker(challenge, reply);
    }
}
