package dev.keyturn.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.LogManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatorTest {

    private static final long MOST_FOR_A_MUTANT = 20_000;

    @BeforeAll
    static void whatIsMadeToFailIsNoNews() {
        LogManager.getLogManager().reset();
    }

    @Test
    void everyInvariantHoldsInEverySeed() throws InterruptedException {
        long seeds = Long.getLong("keyturn.simulator.seeds", 1_000);
        long before = System.nanoTime();
        Tally tally = new Seeds(0, seeds, null).play();
        System.out.printf(
                "%d seeds in %d s: %d steps, %d runs, %d adoptions, %d codes%n",
                tally.seeds(),
                (System.nanoTime() - before) / 1_000_000_000,
                tally.steps(),
                tally.runs(),
                tally.adoptions(),
                tally.submissions());
        assertThat(tally.failing())
                .as("to see one: ./keyturn simulate --seed %s", first(tally.failing()))
                .isEmpty();
        assertThat(tally.seeds()).isEqualTo(seeds);
    }

    private static String first(List<Outcome> failing) {
        return failing.isEmpty() ? "N" : String.valueOf(failing.getFirst().seed());
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenKeyturnIsFound(Mutant mutant) throws InterruptedException {
        Tally tally = new Seeds(0, MOST_FOR_A_MUTANT, mutant).play(o -> !o.violations().isEmpty());
        assertThat(tally.failing()).isNotEmpty();
        System.out.printf(
                "%s: seed %d, %s%n",
                mutant, tally.failing().getFirst().seed(), tally.failing().getFirst().violations());
    }

    @Test
    void theSameSeedIsPlayedInTheSameWay() {
        for (long seed = 0; seed < 30; seed++) {
            assertThat(Simulation.of(seed, null)).isEqualTo(Simulation.of(seed, null));
        }
    }
}
