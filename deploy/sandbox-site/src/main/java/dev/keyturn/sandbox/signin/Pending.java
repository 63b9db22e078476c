package dev.keyturn.sandbox.signin;

import dev.keyturn.sandbox.phone.Message;
import dev.keyturn.sandbox.users.User;
import java.time.Instant;

/**
 * A sign-in whose password was right and that is not finished.
 *
 * <pre>
 * Unsent ──send──> Sent ──resend──> Sent ──right code──> (session)
 * AppCodeWanted ───────────────────────────right code──> (session)
 * Sent, AppCodeWanted ──wrong code too often──> Spent
 * PasswordTooOld
 * </pre>
 */
sealed interface Pending {
    User user();

    /** Where to go once signed in. */
    String next();

    Instant since();

    /** No message was sent: the visitor has not asked for it yet. */
    record Unsent(User user, String next, Instant since) implements Pending {
        Sent toSent(Message message, Instant resendFrom) {
            return new Sent(user, next, since, message, resendFrom);
        }
    }

    /** The code of this message, and of no earlier one, finishes the sign-in. */
    record Sent(User user, String next, Instant since, Message message, Instant resendFrom)
            implements Pending {
        Sent toResent(Message newer, Instant newResendFrom) {
            return new Sent(user, next, since, newer, newResendFrom);
        }
    }

    /** A code of the user's app finishes the sign-in. */
    record AppCodeWanted(User user, String next, Instant since) implements Pending {}

    /** Nothing finishes the sign-in but a new password, which the site never takes. */
    record PasswordTooOld(User user, String next, Instant since) implements Pending {}

    /** Too many wrong codes: after the lock one starts again with the password. */
    record Spent(User user, String next, Instant since) implements Pending {}
}
