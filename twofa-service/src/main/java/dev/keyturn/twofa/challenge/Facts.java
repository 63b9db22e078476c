package dev.keyturn.twofa.challenge;

import dev.keyturn.commands.SubmitCode;
import dev.keyturn.events.TwoFaAnswered;
import dev.keyturn.events.TwoFaCancelled;
import dev.keyturn.events.TwoFaClosed;
import dev.keyturn.events.TwoFaCodeTurnedAway;
import dev.keyturn.events.TwoFaExpired;
import dev.keyturn.events.TwoFaExtended;
import dev.keyturn.values.Verdict;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The facts of each decision. Their ids follow from what they tell, so that a repeat is known. */
final class Facts {

    private Facts() {}

    static TwoFaAnswered answered(Challenge.Answered state) {
        Subject s = state.subject();
        return new TwoFaAnswered(
                Ids.of("TwoFaAnswered", s.challengeId()),
                s.ownerId(),
                s.accountId(),
                s.runId(),
                state.at(),
                s.challengeId(),
                state.submissionId(),
                state.round());
    }

    static TwoFaExpired expired(Challenge.Expired state) {
        Subject s = state.subject();
        return new TwoFaExpired(
                Ids.of("TwoFaExpired", s.challengeId()),
                s.ownerId(),
                s.accountId(),
                s.runId(),
                state.at(),
                s.challengeId());
    }

    static TwoFaCancelled cancelled(Challenge.Cancelled state) {
        Subject s = state.subject();
        return new TwoFaCancelled(
                Ids.of("TwoFaCancelled", s.challengeId()),
                s.ownerId(),
                s.accountId(),
                s.runId(),
                state.at(),
                s.challengeId());
    }

    static TwoFaClosed closed(Challenge.Closed state) {
        Subject s = state.subject();
        return new TwoFaClosed(
                Ids.of("TwoFaClosed", s.challengeId()),
                s.ownerId(),
                s.accountId(),
                s.runId(),
                state.at(),
                s.challengeId(),
                state.outcome());
    }

    static TwoFaExtended extended(Challenge.Open state, Instant at) {
        Subject s = state.subject();
        return new TwoFaExtended(
                Ids.of("TwoFaExtended", s.challengeId(), state.deadline()),
                s.ownerId(),
                s.accountId(),
                s.runId(),
                at,
                s.challengeId(),
                state.deadline());
    }

    /** Stands on the timeline of who gave the code; names no run that is not theirs. */
    static TwoFaCodeTurnedAway turnedAway(
            SubmitCode submit, @Nullable UUID runId, Verdict verdict, Instant at) {
        return new TwoFaCodeTurnedAway(
                Ids.of(
                        "TwoFaCodeTurnedAway",
                        submit.accountId(),
                        submit.challengeId(),
                        submit.submissionId()),
                submit.ownerId(),
                submit.accountId(),
                runId,
                at,
                submit.challengeId(),
                submit.submissionId(),
                verdict);
    }
}
