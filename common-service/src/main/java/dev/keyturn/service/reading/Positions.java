package dev.keyturn.service.reading;

import dev.keyturn.service.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Up to where each partition of a topic was read. */
@ApplicationScoped
public class Positions {

    /** Somebody else has moved a position meanwhile: read it again. */
    public static final class Moved extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Moved(String topic, int partition) {
            super(topic + "/" + partition + ": its position was moved by another reader");
        }
    }

    /** The next offset of each partition that has one. */
    public Map<Integer, Long> load(Tx tx, String topic, Collection<Integer> partitions) {
        Map<Integer, Long> positions = new HashMap<>();
        tx.query(
                        "select partition, next_offset from reader_position where topic = $1 and"
                                + " partition = any($2)",
                        topic,
                        partitions.toArray(Integer[]::new))
                .forEach(r -> positions.put(r.getInteger("partition"), r.getLong("next_offset")));
        return positions;
    }

    /**
     * Moves a position from where it was.
     *
     * @param from where it was; -1 if there was none
     * @throws Moved if it is not there any more
     */
    public void move(Tx tx, String topic, int partition, long from, long to) {
        int moved =
                from < 0
                        ? tx.update(
                                """
                                insert into reader_position (topic, partition, next_offset) values ($1, $2, $3)
                                on conflict do nothing\
                                """,
                                topic,
                                partition,
                                to)
                        : tx.update(
                                """
                                update reader_position set next_offset = $4
                                where topic = $1 and partition = $2 and next_offset = $3\
                                """,
                                topic,
                                partition,
                                from,
                                to);
        if (moved == 0) {
            throw new Moved(topic, partition);
        }
    }

    /** Sets a position wherever it was. */
    public void set(Tx tx, String topic, int partition, long to) {
        tx.update(
                """
                insert into reader_position (topic, partition, next_offset) values ($1, $2, $3)
                on conflict (topic, partition) do update set next_offset = excluded.next_offset\
                """,
                topic,
                partition,
                to);
    }
}
