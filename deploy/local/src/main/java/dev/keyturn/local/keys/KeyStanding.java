package dev.keyturn.local.keys;

import dev.keyturn.local.stack.KeyUse;
import dev.keyturn.seal.FleetKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a key of the fleet stands.
 *
 * @param kid names it
 * @param kind what it is for
 * @param madeAt absent for the first ones
 * @param replacedAt absent for the newest of its kind
 * @param accounts that have something which names it
 * @param texts all that names it
 */
public record KeyStanding(
        String kid,
        FleetKey.Kind kind,
        @Nullable Instant madeAt,
        @Nullable Instant replacedAt,
        long accounts,
        long texts) {

    /** For so long a topic may hold what was sealed to a key. */
    static final Duration SEALED_COPIES_LIVE = Duration.ofDays(1);

    public static KeyStanding of(FleetKey key, KeyUse use) {
        KeyUse.Named named = use.of(key.kid());
        return new KeyStanding(
                key.kid(),
                key.kind(),
                key.madeAt(),
                key.replacedAt(),
                named.accounts(),
                named.texts());
    }

    /** Why it cannot be destroyed now; empty if it can. */
    public Optional<String> obstacle(Instant now) {
        if (replacedAt == null) {
            return Optional.of("it is the newest of its kind; ./keyturn keys rotate makes another");
        }
        if (texts > 0) {
            return Optional.of(
                    "%d %s still %s it; workers seal them anew by themselves"
                            .formatted(
                                    Math.max(1, accounts),
                                    accounts > 1 ? "accounts" : "account",
                                    accounts > 1 ? "name" : "names"));
        }
        Instant from = replacedAt.plus(SEALED_COPIES_LIVE);
        return now.isBefore(from)
                ? Optional.of("sealed copies may stand on the topics until " + from)
                : Optional.empty();
    }
}
