package dev.keyturn.worker.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.sdk.ConnectorInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Limits LIMITS = new Limits(2, 3);
    private static final ConnectorInfo INFO = ConnectorInfo.of("site", "Site", "1");

    private static Instant ago(int minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }

    private static Spent wrong(Instant... at) {
        return new Spent(List.of(), List.of(at));
    }

    private static Spent prompts(Instant... at) {
        return new Spent(List.of(at), List.of());
    }

    @Test
    void oneBelowTheLimitIsFree() {
        assertThat(LIMITS.spentUntil(wrong(ago(1)), NOW)).isEmpty();
        assertThat(LIMITS.spentUntil(prompts(ago(2), ago(1)), NOW)).isEmpty();
    }

    @Test
    void atTheLimitItFreesAnHourAfterTheOneThatMustGo() {
        assertThat(LIMITS.spentUntil(wrong(ago(50), ago(10)), NOW)).contains(ago(50).plus(HOUR));
        assertThat(LIMITS.spentUntil(wrong(ago(50), ago(40), ago(10)), NOW))
                .contains(ago(40).plus(HOUR));
        assertThat(LIMITS.spentUntil(prompts(ago(50), ago(40), ago(10)), NOW))
                .contains(ago(50).plus(HOUR));
    }

    @Test
    void whatIsAnHourOldCountsNoMoreAndAMillisecondBeforeItDoes() {
        assertThat(LIMITS.spentUntil(wrong(ago(60), ago(1)), NOW)).isEmpty();
        assertThat(LIMITS.spentUntil(wrong(ago(60).plusMillis(1), ago(1)), NOW))
                .contains(NOW.plusMillis(1));
    }

    @Test
    void whereBothAreSpentTheLaterInstantCounts() {
        Spent spent = new Spent(List.of(ago(30), ago(20), ago(10)), List.of(ago(50), ago(40)));
        assertThat(LIMITS.spentUntil(spent, NOW)).contains(ago(30).plus(HOUR));
    }

    @Test
    void askingAgainIsHeldBackByWrongCodesOnly() {
        Spent spent = new Spent(List.of(ago(3), ago(2), ago(1)), List.of(ago(1)));
        assertThat(LIMITS.retrySpentUntil(spent, NOW)).isEmpty();
        assertThat(LIMITS.retrySpentUntil(wrong(ago(2), ago(1)), NOW)).isPresent();
    }

    @Test
    void theUsualBudgetIsThreeWrongCodesAndFivePrompts() {
        assertThat(Limits.of(INFO, Map.of())).isEqualTo(new Limits(3, 5));
    }

    @Test
    void aConnectorDeclaresItsOwnAndTheOperatorHasTheLastWord() {
        ConnectorInfo info = INFO.codes(HOUR, 9).perHour(7, 70);
        assertThat(Limits.of(info, Map.of())).isEqualTo(new Limits(7, 70));
        assertThat(Limits.of(info, Map.of("wrong-codes-per-hour", "2", "prompts-per-hour", " 20 ")))
                .isEqualTo(new Limits(2, 20));
    }

    @Test
    void noMoreWrongCodesThanTheSiteTolerates() {
        assertThat(Limits.of(INFO.codes(HOUR, 2), Map.of()).wrongCodes()).isEqualTo(2);
        assertThat(Limits.of(INFO, Map.of("wrong-codes-per-hour", "50")).wrongCodes()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10001", "many", ""})
    void aSettingThatIsNoSuchNumberIsNamed(String value) {
        assertThatThrownBy(() -> Limits.of(INFO, Map.of("prompts-per-hour", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "keyturn.worker.connector.site.prompts-per-hour="
                                + value
                                + ": must be between 1 and 10000");
    }
}
