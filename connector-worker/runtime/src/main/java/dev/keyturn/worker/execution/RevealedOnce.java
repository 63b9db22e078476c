package dev.keyturn.worker.execution;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.TwoFaCode;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.sdk.TwoFaType;
import dev.keyturn.worker.challenge.Answer;
import dev.keyturn.worker.challenge.Checkpoint;

/** A person's code: sealed until it is revealed, and spent by that. */
final class RevealedOnce extends TwoFaCode {

    private final Challenges challenges;
    private final ChallengeKeys keys;
    private final RunContext run;
    private final TwoFaOptions options;
    private final Checkpoint answered;
    private boolean spent;

    RevealedOnce(
            Challenges challenges,
            ChallengeKeys keys,
            RunContext run,
            TwoFaOptions options,
            Checkpoint answered,
            boolean spent) {
        this.challenges = challenges;
        this.keys = keys;
        this.run = run;
        this.options = options;
        this.answered = answered;
        this.spent = spent;
    }

    @Override
    protected String open() {
        run.execution().goesOn(run.isInStep());
        if (spent || !challenges.reveal(run, answered)) {
            throw ConnectorFailure.of(
                    Reason.INTERRUPTED, "The code was used already; it is not used twice.");
        }
        spent = true;
        run.codeInUse(true);
        return switch (keys.judge(run.run().id(), answered, options)) {
            case Answer.Usable usable -> {
                if (options.type() != TwoFaType.CHOICE) {
                    run.revealed(usable.code());
                }
                yield usable.code().reveal();
            }
            case Answer.Refused refused ->
                    throw new IllegalStateException("code: opened before, now " + refused.why());
        };
    }
}
