package dev.keyturn.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Lease NONE = Lease.of(Duration.ofSeconds(10));

    @Test
    void withoutARenewalNothingIsHeld() {
        assertThat(NONE.holds(0)).isFalse();
        assertThat(NONE.isSteady(100 * SECOND)).isFalse();
    }

    @Test
    void itIsHeldForOnePeriodFromWhenTheRenewalWasSent() {
        Lease lease = NONE.toRenewed(SECOND, SECOND);
        assertThat(lease.holds(11 * SECOND - 1)).isTrue();
        assertThat(lease.holds(11 * SECOND)).isFalse();
    }

    @Test
    void itIsSteadyAfterOneWholePeriodWithoutAGap() {
        Lease lease = at(at(at(NONE, 0), 3 * SECOND), 7 * SECOND);
        assertThat(lease.isSteady(10 * SECOND - 1)).isFalse();
        assertThat(lease.isSteady(10 * SECOND)).isTrue();
        assertThat(lease.gaps()).isZero();
    }

    @Test
    void aRenewalAfterItWasOverIsAGapAndSteadinessBeginsAnew() {
        Lease lease = at(at(NONE, 0), 10 * SECOND);
        assertThat(lease.gaps()).isEqualTo(1);
        assertThat(lease.holds(10 * SECOND)).isTrue();
        assertThat(lease.isSteady(19 * SECOND)).isFalse();
        Lease renewed = at(at(lease, 14 * SECOND), 18 * SECOND);
        assertThat(renewed.isSteady(20 * SECOND - 1)).isFalse();
        assertThat(renewed.isSteady(20 * SECOND)).isTrue();
    }

    @Test
    void halfAPeriodWithoutARenewalLetsNobodyBeJudgedThoughNothingWasLost() {
        Lease steady = at(at(at(NONE, 0), 4 * SECOND), 8 * SECOND);
        assertThat(steady.isSteady(13 * SECOND - 1)).isTrue();
        assertThat(steady.isSteady(13 * SECOND)).isFalse();
        Lease later = at(steady, 13 * SECOND);
        assertThat(later.gaps()).isZero();
        assertThat(later.isSteady(13 * SECOND)).isFalse();
        assertThat(at(at(later, 17 * SECOND), 21 * SECOND).isSteady(23 * SECOND)).isTrue();
    }

    @Test
    void aClockThatBeginsBelowZeroIsAsGood() {
        Lease lease = at(NONE, -5 * SECOND);
        assertThat(lease.holds(0)).isTrue();
        assertThat(lease.holds(5 * SECOND)).isFalse();
    }

    @Test
    void aRenewalThatWasSentInTimeAndAnsweredTooLateIsAGap() {
        Lease lease = at(NONE, 0).toRenewed(9 * SECOND, 10 * SECOND);
        assertThat(lease.gaps()).isEqualTo(1);
        assertThat(lease.holds(19 * SECOND - 1)).isTrue();
        assertThat(lease.holds(19 * SECOND)).isFalse();
    }

    private static Lease at(Lease lease, long now) {
        return lease.toRenewed(now, now);
    }
}
