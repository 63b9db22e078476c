package dev.keyturn.sandbox.code;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/**
 * The codes of an authenticator app (RFC 6238, SHA-1, 30 s, 6 digits). A user's secret follows from
 * the login: anybody may know it, and it is the same after a restart.
 */
public final class AppCodes {
    private static final long STEP_SECONDS = 30;

    private final TimeBasedOneTimePasswordGenerator generator =
            new TimeBasedOneTimePasswordGenerator();

    /** The step that an instant lies in. */
    public static long stepAt(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), STEP_SECONDS);
    }

    /** When the step is over and the app shows the next code. */
    public static Instant endOf(long step) {
        return Instant.ofEpochSecond((step + 1) * STEP_SECONDS);
    }

    /** What the app shows during a step. */
    public String code(String login, long step) {
        try {
            return generator.generateOneTimePasswordString(
                    secret(login), Instant.ofEpochSecond(step * STEP_SECONDS), Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("no code from the secret of " + login, e);
        }
    }

    /** The step that a typed code is of: the current one, or the one before for slow typists. */
    public OptionalLong stepOf(String login, String typed, Instant now) {
        long current = stepAt(now);
        for (long step = current; step >= current - 1; step--) {
            if (code(login, step).equals(typed)) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    private static SecretKeySpec secret(String login) {
        var bytes = ("keyturn sandbox site " + login).getBytes(StandardCharsets.UTF_8);
        return new SecretKeySpec(bytes, "HmacSHA1");
    }
}
