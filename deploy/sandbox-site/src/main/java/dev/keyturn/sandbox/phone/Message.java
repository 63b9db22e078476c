package dev.keyturn.sandbox.phone;

import dev.keyturn.sandbox.users.Factor;
import java.time.Instant;

/**
 * A message with a code.
 *
 * @param expiresAt from when on the code is refused; brought forward when a newer one replaces it
 */
public record Message(
        String id,
        String user,
        Factor type,
        Instant at,
        String text,
        String code,
        Instant expiresAt,
        boolean used) {

    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    Message toUsed() {
        return new Message(id, user, type, at, text, code, expiresAt, true);
    }

    Message toWithdrawn(Instant now) {
        var earlier = now.isBefore(expiresAt) ? now : expiresAt;
        return new Message(id, user, type, at, text, code, earlier, used);
    }
}
