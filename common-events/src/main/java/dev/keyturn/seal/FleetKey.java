package dev.keyturn.seal;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know of a key of the fleet without knowing the key.
 *
 * @param kid names it
 * @param madeAt by the rotation that made it; absent for the first ones
 * @param replacedAt when a newer one of its kind was made; absent for the newest
 */
public record FleetKey(
        String kid, Kind kind, @Nullable Instant madeAt, @Nullable Instant replacedAt) {

    /** What a key is for. */
    public enum Kind {
        /** The pair that credentials are sealed to on their way to the workers. */
        SEALING,
        /** The pair that says to which keys codes may be sealed. */
        SIGNING,
        /** The key under which workers keep things. */
        SECRET;

        static Kind of(JWK key) {
            if (key instanceof OctetSequenceKey) {
                return SECRET;
            }
            return KeyUse.SIGNATURE.equals(key.getKeyUse()) ? SIGNING : SEALING;
        }
    }

    static @Nullable Instant madeAt(JWK key) {
        return key.getIssueTime() == null ? null : key.getIssueTime().toInstant();
    }

    static Instant madeAtOrLongAgo(JWK key) {
        Instant madeAt = madeAt(key);
        return madeAt == null ? Instant.EPOCH : madeAt;
    }
}
