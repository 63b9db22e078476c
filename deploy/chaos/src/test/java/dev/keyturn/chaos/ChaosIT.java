package dev.keyturn.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.chaos.plan.Fault;
import dev.keyturn.chaos.plan.FaultKind;
import dev.keyturn.local.commands.Chaos;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Three minutes of it with a seed whose plan has every kind of fault. */
class ChaosIT {

    private static final long SEED = 8;

    /** Other tests want the machine, too. */
    private static final double PEOPLE_A_SECOND = 0.5;

    @Test
    void threeMinutesOfFaultsViolateNothing() throws InterruptedException {
        Report report =
                RealChaos.run(
                        new Chaos.Wanted(
                                Path.of("target/chaos").toAbsolutePath(),
                                Duration.ofMinutes(3),
                                SEED,
                                PEOPLE_A_SECOND,
                                false),
                        System.out::println);

        report.lines().forEach(System.out::println);
        assertThat(report.violations()).isEmpty();
        assertThat(report.done()).extracting(Fault::kind).contains(FaultKind.values());
        assertThat(report.audit().runs()).isGreaterThan(50);
        assertThat(report.audit().adoptions()).isPositive();
    }
}
