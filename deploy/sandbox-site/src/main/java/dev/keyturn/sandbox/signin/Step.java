package dev.keyturn.sandbox.signin;

import dev.keyturn.sandbox.users.Factor;
import dev.keyturn.sandbox.users.User;
import java.time.Instant;
import java.util.Optional;

/** What the visitor is to see next. */
public sealed interface Step {
    /** Why the page of the code is shown again. */
    enum Problem {
        WRONG_CODE,
        EXPIRED_CODE,
        /** Another message was asked for too early. */
        TOO_SOON
    }

    record WrongPassword(String login, String next) implements Step {}

    /** Until then neither a password nor a code of this user is looked at. */
    record Locked(User user, Instant until) implements Step {}

    /** The visitor must ask for the message. */
    record AskForCode(User user) implements Step {}

    /**
     * The code is wanted.
     *
     * @param by what the code is looked for in now
     * @param resendFrom when another message may be asked for; empty when none is ever sent
     * @param until when it is too late for the code, or for the sign-in
     */
    record EnterCode(
            User user,
            Factor by,
            Optional<Instant> resendFrom,
            Instant until,
            Optional<Problem> problem)
            implements Step {}

    record ChangePassword(User user) implements Step {}

    /** The password was right, and what comes now is this user's trap. */
    record Trap(User user) implements Step {}

    record SignedIn(User user, String next) implements Step {}

    /** There is no sign-in under way. */
    record StartAgain() implements Step {}
}
