package dev.keyturn.service.reading;

import dev.keyturn.service.db.Database;
import dev.keyturn.service.db.Tx;
import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.wire.Topic;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Reads a topic into the database: a batch and the position after it in one transaction, again and
 * again until it is done. A record below the position was applied already and is skipped.
 *
 * <p>So the batches of a channel must come one after the other: a later one that overtook would
 * move the position past the earlier, which would then be skipped. A channel's method that returns
 * {@link #read}'s result keeps that order; {@code @RunOnVirtualThread} does not.
 */
@ApplicationScoped
public class Reader {

    /** What to do with a batch, in its transaction, with the locks of its accounts held. */
    public interface Handler {
        void apply(Tx tx, List<Received> batch);
    }

    private final Database database;
    private final Outbox outbox;
    private final Positions positions;
    private final Decoding decoding;
    private final Persistence persistence;
    private final InHand inHand;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

    Reader(
            Database database,
            Outbox outbox,
            Positions positions,
            Decoding decoding,
            Persistence persistence,
            InHand inHand) {
        this.database = database;
        this.outbox = outbox;
        this.positions = positions;
        this.decoding = decoding;
        this.persistence = persistence;
        this.inHand = inHand;
    }

    /**
     * Applies the batch on a virtual thread; done when it is applied, and the channel is paused
     * until then.
     */
    public Uni<Void> read(Topic topic, ConsumerRecords<String, byte[]> batch, Handler handler) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(threads)
                .invoke(() -> apply(topic, batch, handler));
    }

    /** The same on this thread, which must be one that may block. */
    public void apply(Topic topic, ConsumerRecords<String, byte[]> batch, Handler handler) {
        inHand.apply(() -> insist(topic, batch, handler));
    }

    private void insist(Topic topic, ConsumerRecords<String, byte[]> batch, Handler handler) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        batch.forEach(records::add);
        List<Received> messages =
                persistence.insist(topic.name(), () -> decoding.decode(topic, records));
        persistence.insist(
                topic.name(),
                () -> {
                    database.run(tx -> applyOnce(tx, topic, ends(records), messages, handler));
                    return true;
                });
    }

    private void applyOnce(
            Tx tx, Topic topic, Map<Integer, Long> ends, List<Received> messages, Handler handler) {
        outbox.lockAll(tx, Accounts.of(messages));
        Progress before = new Progress(positions.load(tx, topic.name(), Set.copyOf(ends.keySet())));
        List<Received> fresh = before.fresh(messages);
        if (!fresh.isEmpty()) {
            handler.apply(tx, fresh);
        }
        before.moves(ends)
                .forEach(m -> positions.move(tx, topic.name(), m.partition(), m.from(), m.to()));
    }

    /**
     * The position after the batch, by partition in ascending order, so that two readers take rows
     * in one order.
     */
    private static Map<Integer, Long> ends(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .collect(
                        Collectors.toMap(
                                ConsumerRecord::partition,
                                r -> r.offset() + 1,
                                Math::max,
                                TreeMap::new));
    }
}
