package dev.keyturn.local.signin;

import dev.keyturn.local.api.Run;
import dev.keyturn.local.terminal.ExitCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a sign-in; the last line of {@code --json}.
 *
 * @param outcome {@code CONNECTED} or {@code FAILED}
 * @param reason why it failed
 */
public record Outcome(String outcome, @Nullable String reason, UUID runId, UUID accountId) {

    static Outcome of(Run run) {
        return run.state().equals("DONE")
                ? new Outcome("CONNECTED", null, run.id(), run.accountId())
                : new Outcome("FAILED", run.reason(), run.id(), run.accountId());
    }

    /**
     * @param gaveUp whether the run was cancelled from here, since the command for codes gave no
     *     right one; a run that ended otherwise meanwhile has its own reason
     */
    int exitCode(boolean gaveUp) {
        if (outcome.equals("CONNECTED")) {
            return ExitCode.DONE;
        }
        int code = ExitCode.ofReason(reason == null ? "UNKNOWN_ERROR" : reason);
        return gaveUp && code == ExitCode.CANCELLED ? ExitCode.SIGN_IN_FAILED : code;
    }
}
