package dev.keyturn.twofa.challenge;

import dev.keyturn.commands.CancelChallenge;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.ChooseMethod;
import dev.keyturn.commands.CloseChallenge;
import dev.keyturn.commands.ExpireChallenge;
import dev.keyturn.commands.ExtendChallenge;
import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.commands.ResendCode;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.wire.ReplyAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command with what is known beside it.
 *
 * @param replyTo where its sender waits; absent if it does not
 * @param given the verdict that it was given before; absent if this is the first time
 */
public record Asked(
        ChallengeCommand command, @Nullable ReplyAddress replyTo, @Nullable Given given) {

    /**
     * By what a person's command is known when it comes again: a submission's own id, else the
     * command's. Absent for a command of a worker or of the sweeper, which get no verdict.
     */
    public static @Nullable UUID requestId(ChallengeCommand command) {
        return switch (command) {
            case SubmitCode submit -> submit.submissionId();
            case ResendCode resend -> resend.commandId();
            case ChooseMethod choose -> choose.commandId();
            case ExtendChallenge extend -> extend.commandId();
            case CancelChallenge cancel -> cancel.commandId();
            case OpenChallenge _, CloseChallenge _, ExpireChallenge _ -> null;
        };
    }
}
