package dev.keyturn.service.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.replies.Cancelled;
import dev.keyturn.service.reading.Progress.Move;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void whatStandsBelowThePositionIsNotAppliedAgain() {
        Progress progress = new Progress(Map.of(0, 5L));

        assertThat(progress.fresh(List.of(at(0, 4), at(0, 5), at(1, 0))))
                .extracting(Received::partition, Received::offset)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, 5L),
                        org.assertj.core.groups.Tuple.tuple(1, 0L));
    }

    @Test
    void aPositionMovesFromWhereItWasAndNeverBack() {
        Progress progress = new Progress(Map.of(0, 5L, 1, 9L));

        assertThat(progress.moves(Map.of(0, 6L))).containsExactly(new Move(0, 5, 6));
        assertThat(progress.moves(Map.of(1, 9L))).isEmpty();
        assertThat(progress.moves(Map.of(1, 3L))).isEmpty();
        assertThat(progress.moves(Map.of(2, 1L))).containsExactly(new Move(2, -1, 1));
    }

    private static Received at(int partition, long offset) {
        Cancelled message = new Cancelled(UUID.randomUUID(), UUID.randomUUID(), Instant.EPOCH);
        return new Received(message, null, null, partition, offset);
    }
}
