package dev.keyturn.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Result.PerRun MEMORY = new Result.PerRun(1_000, 10_000, 21.5, 30);

    @Test
    void percentilesAreByNearestRank() {
        Spread spread = Spread.of(IntStream.rangeClosed(1, 200).mapToObj(i -> (double) i).toList());
        assertThat(spread.median()).isEqualTo(100);
        assertThat(spread.p99()).isEqualTo(198);
        assertThat(spread.worst()).isEqualTo(200);
    }

    @Test
    void whatNeverArrivedIsInfinitelyLate() {
        Spread spread = Spread.of(List.of(1.0, 2.0, Double.POSITIVE_INFINITY));
        assertThat(spread.lost()).isEqualTo(1);
        assertThat(spread.median()).isEqualTo(2);
        assertThat(spread.p99()).isInfinite();
    }

    @Test
    void anAimThatIsMissedIsCalledSo() {
        List<String> lines = Report.lines(result(4, 7));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains("median", "1.75", "MISSED"))
                .anySatisfy(line -> assertThat(line).contains("KiB of heap", "21.50", "MISSED"));
    }

    @Test
    void anAimThatIsReachedIsCalledSo() {
        assertThat(Report.lines(result(4, 5)))
                .anySatisfy(line -> assertThat(line).contains("median", "1.25", "reached"));
    }

    private static Result result(double floor, double keyturn) {
        return new Result(
                "a machine",
                20,
                Map.of(
                        "floor", Spread.of(List.of(floor)),
                        "keyturn", Spread.of(List.of(keyturn))),
                null,
                List.of(new Stages.Stage("call to Home has it", 1, 2)),
                null,
                MEMORY,
                null);
    }
}
