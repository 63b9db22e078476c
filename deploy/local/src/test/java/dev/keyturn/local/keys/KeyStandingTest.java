package dev.keyturn.local.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.local.stack.KeyUse;
import dev.keyturn.seal.FleetKey;
import dev.keyturn.seal.FleetKeys;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyStandingTest {

    private static final Instant ROTATED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant A_DAY_LATER = Instant.parse("2026-03-02T10:00:00Z");

    private final FleetKeys keys = FleetKeys.generate().rotated(ROTATED);
    private final FleetKey newest = keys.list().getFirst();
    private final FleetKey former = keys.list().get(3);

    @Test
    void theNewestOfItsKindStays() {
        assertThat(standing(newest, KeyUse.Named.NONE).obstacle(A_DAY_LATER))
                .hasValueSatisfying(why -> assertThat(why).startsWith("it is the newest"));
    }

    @Test
    void aFormerKeyStaysWhileAnythingNamesIt() {
        assertThat(standing(former, new KeyUse.Named(1, 3)).obstacle(A_DAY_LATER))
                .contains("1 account still names it; workers seal them anew by themselves");
        assertThat(standing(former, new KeyUse.Named(2, 2)).obstacle(A_DAY_LATER))
                .contains("2 accounts still name it; workers seal them anew by themselves");
        assertThat(standing(former, new KeyUse.Named(0, 1)).obstacle(A_DAY_LATER)).isPresent();
    }

    @Test
    void aFormerKeyStaysForADayAfterItsRotation() {
        KeyStanding unnamed = standing(former, KeyUse.Named.NONE);
        assertThat(unnamed.obstacle(A_DAY_LATER.minusMillis(1)))
                .contains("sealed copies may stand on the topics until " + A_DAY_LATER);
        assertThat(unnamed.obstacle(A_DAY_LATER)).isEmpty();
    }

    private static KeyStanding standing(FleetKey key, KeyUse.Named named) {
        return KeyStanding.of(key, new KeyUse(Map.of(key.kid(), named)));
    }
}
