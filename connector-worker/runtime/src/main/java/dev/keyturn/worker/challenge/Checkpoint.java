package dev.keyturn.worker.challenge;

import dev.keyturn.values.Prompt;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a run, as a worker that goes on with the run must know it.
 *
 * <pre>
 * OPEN ──code──> ANSWERED ──reveal──> REVEALED ──step, rejection, next challenge, end──> PASSED
 *   ├──deadline──> EXPIRED
 *   └──gave up───> CANCELLED
 * </pre>
 *
 * @param position the wait's place in the run's journal
 * @param attempt 1, and one more for each code of this login that was refused
 * @param privateKey sealed; null once the run has passed the challenge
 * @param answer the code, still sealed to the challenge; null if there is none, or it is passed
 * @param answerRound the round that the answer was sealed for
 */
public record Checkpoint(
        UUID challengeId,
        int position,
        int attempt,
        @Nullable UUID retryOf,
        int round,
        State state,
        @Nullable String privateKey,
        String sealTo,
        Prompt prompt,
        Instant deadline,
        @Nullable Instant extendableTo,
        @Nullable String answer,
        int answerRound) {

    /** Where a challenge stands, seen from the run. */
    public enum State {
        OPEN,
        ANSWERED,
        REVEALED,
        PASSED,
        EXPIRED,
        CANCELLED
    }

    /** With its answer. */
    public Checkpoint toAnswered(String sealed, int sealedForRound) {
        return new Checkpoint(
                challengeId,
                position,
                attempt,
                retryOf,
                round,
                State.ANSWERED,
                privateKey,
                sealTo,
                prompt,
                deadline,
                extendableTo,
                sealed,
                sealedForRound);
    }

    /** In the next round, with what is asked then. */
    public Checkpoint toRound(Prompt next) {
        return new Checkpoint(
                challengeId,
                position,
                attempt,
                retryOf,
                round + 1,
                state,
                privateKey,
                sealTo,
                next,
                deadline,
                extendableTo,
                answer,
                answerRound);
    }

    /** With a later deadline. */
    public Checkpoint toExtended(Instant later) {
        return new Checkpoint(
                challengeId,
                position,
                attempt,
                retryOf,
                round,
                state,
                privateKey,
                sealTo,
                prompt,
                later,
                extendableTo,
                answer,
                answerRound);
    }

    @Override
    public String toString() {
        return "Checkpoint[" + challengeId + ", attempt " + attempt + ", " + state + "]";
    }
}
