package dev.keyturn.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @Test
    void sameSeedPlansTheSame() {
        assertThat(Plan.of(7, HALF_AN_HOUR, 1)).isEqualTo(Plan.of(7, HALF_AN_HOUR, 1));
    }

    @Test
    void anotherSeedPlansSomethingElse() {
        assertThat(Plan.of(7, HALF_AN_HOUR, 1)).isNotEqualTo(Plan.of(8, HALF_AN_HOUR, 1));
    }

    @Test
    void everyKindOfFaultAndEveryHabitComesUpWithinAnHour() {
        Plan plan = Plan.of(7, HALF_AN_HOUR.multipliedBy(2), 1);

        assertThat(plan.faults())
                .extracting(Fault::kind)
                .containsOnly(FaultKind.values())
                .contains(FaultKind.values());
        assertThat(plan.faults()).extracting(Fault::target).containsAll(Names.services(1));
        assertThat(plan.faults()).extracting(Fault::target).contains(Names.KAFKA, Names.POSTGRES);
        assertThat(plan.visits()).extracting(Visit::habit).contains(Habit.values());
    }

    @Test
    void everyKindOfFaultComesUpInAShortTimeToo() {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(Plan.of(seed, Duration.ofMinutes(1), 1).faults())
                    .extracting(Fault::kind)
                    .contains(FaultKind.values());
        }
    }

    @Test
    void oneWorkerAndOneOfTwofaServiceAreSpared() {
        List<Fault> faults = Plan.of(7, HALF_AN_HOUR, 1).faults();

        for (Fault fault : faults) {
            List<String> hit =
                    faults.stream()
                            .filter(f -> overlap(f, fault))
                            .map(Fault::target)
                            .distinct()
                            .toList();
            assertThat(hit).doesNotContainSequence(Names.TWOFAS);
            assertThat(hit.containsAll(Names.TWOFAS)).isFalse();
            assertThat(hit.containsAll(Names.WORKERS)).isFalse();
        }
    }

    @Test
    void rollingPlanRestartsOneServiceAfterTheOther() {
        Plan plan = Plan.rolling(7, Duration.ofMinutes(3), 1);

        assertThat(plan.inTurn()).isTrue();
        assertThat(plan.faults()).extracting(Fault::kind).containsOnly(FaultKind.ASKED_TO_STOP);
        assertThat(plan.faults())
                .extracting(Fault::target)
                .startsWith(Names.services(2).toArray(String[]::new))
                .hasSizeGreaterThan(Names.services(2).size());
        assertThat(plan.visits()).isEqualTo(Plan.of(7, Duration.ofMinutes(3), 1).visits());
    }

    @Test
    void nobodySharesALogin() {
        assertThat(Plan.of(7, HALF_AN_HOUR, 5).visits())
                .extracting(Visit::login)
                .doesNotHaveDuplicates();
    }

    @Test
    void peopleComeAsOftenAsTheyShould() {
        assertThat(Plan.of(7, HALF_AN_HOUR, 2).visits()).hasSizeBetween(3_300, 3_900);
    }

    private static boolean overlap(Fault a, Fault b) {
        return a.at().compareTo(b.at()) <= 0 && a.at().plus(a.lasts()).compareTo(b.at()) > 0;
    }
}
