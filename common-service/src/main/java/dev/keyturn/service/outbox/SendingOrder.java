package dev.keyturn.service.outbox;

import dev.keyturn.wire.Topics;
import java.util.ArrayList;
import java.util.List;

/**
 * In which order the rows of one key are sent: one after the other, each when the last is
 * acknowledged. Replies that stand together go together, since nothing follows from their order.
 */
public final class SendingOrder {

    private SendingOrder() {}

    /**
     * What is sent together, in the order in which it is sent.
     *
     * @param rows of one key, oldest first
     */
    public static List<List<OutboxTable.Stored>> groups(List<OutboxTable.Stored> rows) {
        List<List<OutboxTable.Stored>> groups = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            int to = endOfGroup(rows, from);
            groups.add(rows.subList(from, to));
            from = to;
        }
        return groups;
    }

    private static int endOfGroup(List<OutboxTable.Stored> rows, int from) {
        int to = from + 1;
        while (to < rows.size() && isReply(rows.get(from)) && isReply(rows.get(to))) {
            to++;
        }
        return to;
    }

    private static boolean isReply(OutboxTable.Stored stored) {
        return stored.row().topic().equals(Topics.REPLIES.name());
    }
}
