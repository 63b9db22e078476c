package dev.keyturn.simulator.world;

import dev.keyturn.service.ids.Ids;
import dev.keyturn.service.send.NotSent;
import dev.keyturn.service.send.Sender;
import dev.keyturn.service.threads.Threads;
import dev.keyturn.simulator.fibers.Killed;
import dev.keyturn.simulator.fibers.Owner;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** One process of a service, from its start to its end, with all that it needs of the machine. */
public final class SimulatedProcess implements Owner, Threads, Sender, Ids {

    private final World world;
    private final String name;
    private final Principal principal;
    private final long skew;
    private boolean alive = true;
    private long stoppedUntil;
    private long databaseAwayUntil;
    private long brokerAwayUntil;
    private boolean commitsUnknown;

    /**
     * A process begins.
     *
     * @param skew by how much its clock is ahead, in milliseconds
     */
    public SimulatedProcess(World world, String name, Principal principal, long skew) {
        this.world = world;
        this.name = name;
        this.principal = principal;
        this.skew = skew;
    }

    public World world() {
        return world;
    }

    public Principal principal() {
        return principal;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public long stoppedUntil() {
        return stoppedUntil;
    }

    /** SIGKILL: what it has in memory is gone, what it has begun is not finished. */
    public void kill() {
        alive = false;
        world.fibers().unwind(this);
    }

    /** SIGSTOP, and SIGCONT later. */
    public void stopUntil(long until) {
        stoppedUntil = until;
    }

    public void cutOffDatabase(long until) {
        databaseAwayUntil = until;
        commitsUnknown = true;
    }

    public void cutOffBroker(long until) {
        brokerAwayUntil = until;
    }

    /** Whatever it lacks is there again. */
    public void recover() {
        stoppedUntil = 0;
        databaseAwayUntil = 0;
        brokerAwayUntil = 0;
    }

    public boolean hasBroker() {
        return world.now() >= brokerAwayUntil;
    }

    /** Its own clock. */
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(world.now() + skew);
            }
        };
    }

    /** Its monotonic clock. */
    public long nanos() {
        return world.now() * 1_000_000;
    }

    @Override
    public UUID next() {
        return world.id();
    }

    @Override
    public void start(String fiber, Runnable work) {
        world.fibers().start(this, fiber, work);
    }

    @Override
    public void sleep(Duration pause) throws InterruptedException {
        world.fibers().awaitInterruptibly(() -> false, world.now() + pause.toMillis());
    }

    @Override
    public <T> @Nullable T poll(BlockingQueue<T> queue, Duration limit)
            throws InterruptedException {
        world.fibers().awaitInterruptibly(() -> !queue.isEmpty(), world.now() + limit.toMillis());
        return queue.poll();
    }

    /** Lets time pass, or others go first: here the process can be killed. */
    public void lapse(int usual, int longest) {
        world.fibers().await(() -> false, world.now() + world.latency(usual, longest));
    }

    /** Waits until something holds, at most so long. */
    public void until(BooleanSupplier condition, Duration limit) {
        world.fibers().await(condition, world.now() + limit.toMillis());
    }

    /** Before a transaction. */
    public void reachDatabase() {
        if (!alive) {
            throw new Killed(name);
        }
        if (world.now() < databaseAwayUntil || world.random().nextBoolean()) {
            lapse(3, 400);
        }
        if (world.now() < databaseAwayUntil) {
            lapse(200, 1_000);
            throw away("refused");
        }
    }

    /** After a commit of which the answer may not arrive. */
    public void hearOfCommit() {
        lapse(2, 200);
        if (commitsUnknown && world.now() < databaseAwayUntil) {
            commitsUnknown = false;
            throw away("reset");
        }
    }

    private static UncheckedIOException away(String how) {
        return new UncheckedIOException(new IOException("Connection " + how));
    }

    @Override
    public void send(ProducerRecord<String, byte[]> record) {
        sendAsync(record).await().indefinitely();
    }

    @Override
    public Uni<Void> sendAsync(ProducerRecord<String, byte[]> record) {
        lapse(4, 1_500);
        if (!hasBroker()) {
            lapse(4_000, 5_000);
            return notSent(record);
        }
        Topic topic = topic(record.topic());
        world.log().append(topic, record, world.now());
        world.watch().onAppend(this, topic, record);
        lapse(4, 1_500);
        boolean isAckLost = !world.isCalm() && world.perMille(8);
        return hasBroker() && !isAckLost ? Uni.createFrom().voidItem() : notSent(record);
    }

    private static Uni<Void> notSent(ProducerRecord<String, byte[]> record) {
        return Uni.createFrom()
                .failure(new NotSent(record.topic(), new IOException("not acknowledged")));
    }

    private static Topic topic(String name) {
        return Topics.all().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }
}
