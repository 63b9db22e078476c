package dev.keyturn.twofa.challenge;

import static dev.keyturn.twofa.challenge.Sample.ACCOUNT;
import static dev.keyturn.twofa.challenge.Sample.CHALLENGE;
import static dev.keyturn.twofa.challenge.Sample.COMMAND;
import static dev.keyturn.twofa.challenge.Sample.HOME;
import static dev.keyturn.twofa.challenge.Sample.NOW;
import static dev.keyturn.twofa.challenge.Sample.OWNER;
import static dev.keyturn.twofa.challenge.Sample.RUN;
import static dev.keyturn.twofa.challenge.Sample.SUBMISSION;
import static dev.keyturn.twofa.challenge.Sample.WORKER;

import dev.keyturn.events.ChallengeFact;
import dev.keyturn.events.TwoFaCodeTurnedAway;
import dev.keyturn.replies.VerdictGiven;
import dev.keyturn.replies.WorkerReply;
import dev.keyturn.values.Verdict;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whole decisions as a test writes them down. */
final class Expected {

    private Expected() {}

    static Decision ignored(@Nullable Challenge challenge, Ignored why) {
        return new Decision(challenge, List.of(), List.of(), null, why);
    }

    static Decision replies(@Nullable Challenge challenge, WorkerReply... replies) {
        return new Decision(
                challenge,
                List.of(),
                List.of(replies).stream().map(r -> new Answer(r, WORKER)).toList(),
                null,
                null);
    }

    /** A submission that lost. */
    static Decision turnedAway(@Nullable Challenge challenge, Verdict verdict) {
        return new Decision(
                challenge,
                List.of(turnedAwayFact(OWNER, ACCOUNT, challenge == null ? null : RUN, verdict)),
                List.of(verdict(SUBMISSION, verdict)),
                new Given(verdict, NOW),
                null);
    }

    /** Another command of a person that changed nothing. */
    static Decision refused(@Nullable Challenge challenge, Verdict verdict) {
        return new Decision(
                challenge,
                List.of(),
                List.of(verdict(COMMAND, verdict)),
                new Given(verdict, NOW),
                null);
    }

    static Answer verdict(UUID request, Verdict verdict) {
        return verdict(ACCOUNT, request, verdict);
    }

    static Answer verdict(UUID account, UUID request, Verdict verdict) {
        return new Answer(
                new VerdictGiven(
                        Ids.of("VerdictGiven", account, CHALLENGE, request),
                        CHALLENGE,
                        NOW,
                        request,
                        verdict),
                HOME);
    }

    static ChallengeFact turnedAwayFact(
            UUID owner, UUID account, @Nullable UUID run, Verdict verdict) {
        return new TwoFaCodeTurnedAway(
                Ids.of("TwoFaCodeTurnedAway", account, CHALLENGE, SUBMISSION),
                owner,
                account,
                run,
                NOW,
                CHALLENGE,
                SUBMISSION,
                verdict);
    }
}
