package dev.keyturn.service.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SendingOrderTest {

    private static final UUID KEY = UUID.randomUUID();

    @Test
    void oneIsSentAfterTheOtherButRepliesThatStandTogether() {
        List<OutboxTable.Stored> rows =
                List.of(
                        row(1, Topics.EVENTS),
                        row(2, Topics.REPLIES),
                        row(3, Topics.REPLIES),
                        row(4, Topics.EVENTS),
                        row(5, Topics.EVENTS));

        assertThat(SendingOrder.groups(rows))
                .extracting(group -> group.stream().map(OutboxTable.Stored::id).toList())
                .containsExactly(List.of(1L), List.of(2L, 3L), List.of(4L), List.of(5L));
    }

    @Test
    void nothingIsSentOfNothing() {
        assertThat(SendingOrder.groups(List.of())).isEmpty();
    }

    private static OutboxTable.Stored row(long id, Topic topic) {
        return new OutboxTable.Stored(
                id,
                new OutboxRow(KEY, topic.name(), "key", null, "{}", new byte[0], Instant.EPOCH));
    }
}
