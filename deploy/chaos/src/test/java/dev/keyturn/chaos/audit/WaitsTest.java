package dev.keyturn.chaos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.chaos.person.Ledger.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WaitsTest {

    private static final Instant FIRST = Instant.parse("2026-03-01T10:00:00Z");

    private final List<Pause> usual =
            List.of(pause(-10, 100), pause(-9, 200), pause(-8, 4_000), pause(-7, 200));

    @Test
    void whoWaitsTwoSecondsLongerThanHalfOfThePeopleIsFound() {
        assertThat(tooLong(pause(10, 2_201)))
                .extracting(Violation::rule)
                .containsExactly("nobody waits over 2 s longer for a restart");
    }

    @Test
    void whoWaitsAsLongAsIsAllowedIsNot() {
        assertThat(tooLong(pause(10, 2_200))).isEmpty();
    }

    @Test
    void whoWaitedBeforeTheFirstRestartDidNotWaitForOne() {
        assertThat(tooLong(pause(-1, 9_000))).isEmpty();
    }

    @Test
    void whatNobodyWaitedForBeforeIsComparedWithAllThatWasWaitedFor() {
        assertThat(tooLong(pause("she cancelled", 10, 2_200))).isEmpty();
        assertThat(tooLong(pause("she cancelled", 10, 2_201))).hasSize(1);
    }

    @Test
    void withoutAnyWaitBeforeTwoSecondsAreAllowed() {
        assertThat(Waits.tooLong(List.of(pause(10, 2_000)), FIRST)).isEmpty();
        assertThat(Waits.tooLong(List.of(pause(10, 2_001)), FIRST)).hasSize(1);
    }

    private List<Violation> tooLong(Pause more) {
        return Waits.tooLong(Stream.concat(usual.stream(), Stream.of(more)).toList(), FIRST);
    }

    private static Pause pause(int second, int millis) {
        return pause("she gave a code", second, millis);
    }

    private static Pause pause(String after, int second, int millis) {
        return new Pause(
                Duration.ofMillis(millis), after, UUID.randomUUID(), FIRST.plusSeconds(second));
    }
}
