package dev.keyturn.simulator.cast;

import dev.keyturn.simulator.db.HomeTables;
import dev.keyturn.simulator.db.TwofaTables;
import dev.keyturn.simulator.db.WorkerTables;
import dev.keyturn.simulator.world.SimulatedProcess;
import dev.keyturn.simulator.world.World;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** All processes and people of a simulation. What ends is started again. */
public final class Cast {

    private static final int MOST_SKEW = 1_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final World world;
    private final Site site;
    private final WorkerTables workerTables;
    private final TwofaTables twofaTables;
    private final HomeTables homeTables;
    private final Group workerGroup;
    private final Group twofaGroup;
    private final Group homeGroup;
    private final SimulatedProcess people;
    private final List<Person> persons = new ArrayList<>();
    private final List<Seat> seats = new ArrayList<>();
    private final List<WorkerProcess> workers = new ArrayList<>();
    private final List<TwofaProcess> twofas = new ArrayList<>();
    private final Queue<Runnable> ends = new ArrayDeque<>();
    private @Nullable HomeProcess home;
    private long nextLook;

    /** A process with its name and its machine's clock, which stay when it is started anew. */
    private final class Seat {

        private final Principal principal;
        private final String name;
        private final int number;
        private final long skew;
        private SimulatedProcess process;
        private long startsAt = Long.MAX_VALUE;

        Seat(Principal principal, int number) {
            this.principal = principal;
            this.number = number;
            this.name = principal.user() + "-" + number;
            this.skew = world.random().nextInt(-MOST_SKEW, MOST_SKEW + 1);
            this.process = begin();
        }

        final SimulatedProcess begin() {
            process = new SimulatedProcess(world, name, principal, skew);
            startsAt = Long.MAX_VALUE;
            switch (principal) {
                case WORKER -> beginWorker();
                case TWOFA -> beginTwofa();
                case HOME -> beginHome();
                default -> throw new IllegalStateException(name);
            }
            return process;
        }

        private void beginWorker() {
            WorkerProcess worker =
                    new WorkerProcess(
                            process, workerTables, workerGroup, site, number, 1, Cast.this::ring);
            workers.removeIf(w -> w.process().name().equals(name));
            workers.add(worker);
            workerGroup.join(process);
            worker.start();
        }

        private void beginTwofa() {
            TwofaProcess twofa = new TwofaProcess(process, twofaTables, twofaGroup);
            twofas.removeIf(t -> t.process().name().equals(name));
            twofas.add(twofa);
            twofaGroup.join(process);
            twofa.start();
        }

        private void beginHome() {
            HomeProcess begun = new HomeProcess(process, homeTables, homeGroup, 10 + number);
            home = begun;
            homeGroup.join(process);
            begun.start();
        }
    }

    /** Everybody comes. */
    public Cast(World world, int workers, int people, int runs) {
        this.world = world;
        this.site = new Site(world);
        this.workerTables = new WorkerTables(world);
        this.twofaTables = new TwofaTables(world);
        this.homeTables = new HomeTables(world);
        this.workerGroup = new Group(world, Topics.RUNS.partitions());
        this.twofaGroup = new Group(world, Topics.CHALLENGES.partitions());
        this.homeGroup = new Group(world, Topics.EVENTS.partitions());
        this.people = new SimulatedProcess(world, "people", Principal.HOME, 0);
        for (int i = 0; i < workers; i++) {
            seats.add(new Seat(Principal.WORKER, i));
        }
        for (int i = 0; i < 2; i++) {
            seats.add(new Seat(Principal.TWOFA, i));
        }
        seats.add(new Seat(Principal.HOME, 0));
        for (int i = 0; i < people; i++) {
            Person person = new Person(this.people, this, site, runs);
            persons.add(person);
            person.start();
        }
        this.people.start("tick", this::tick);
    }

    /** What happens to processes because time passes; on no thread of theirs. */
    public void tend() {
        for (Runnable next = ends.poll(); next != null; next = ends.poll()) {
            next.run();
        }
        for (Seat seat : seats) {
            if (world.now() >= seat.startsAt) {
                world.tell(seat.name, () -> "is started again");
                SimulatedProcess _ = seat.begin();
            }
        }
        if (world.now() >= nextLook) {
            nextLook = world.now() + SECOND.toMillis();
            workerGroup.look();
            twofaGroup.look();
            homeGroup.look();
        }
    }

    // So that time stops each second at the latest.
    private void tick() {
        while (true) {
            people.until(() -> false, SECOND);
        }
    }

    private void ring() {
        workers.forEach(WorkerProcess::ring);
    }

    /** All processes that live. */
    public List<SimulatedProcess> processes() {
        return seats.stream().map(s -> s.process).filter(SimulatedProcess::isAlive).toList();
    }

    /** Kills one; it is started again after some time. */
    public void kill(SimulatedProcess process, long downFor) {
        process.kill();
        startLater(process, downFor);
    }

    private void startLater(SimulatedProcess process, long downFor) {
        seats.stream()
                .filter(s -> s.process == process)
                .forEach(s -> s.startsAt = world.now() + downFor);
    }

    /** Asks one to stop; only a worker has something to do then. */
    public void stop(SimulatedProcess process, long downFor) {
        workers.stream()
                .filter(w -> w.process() == process)
                .findFirst()
                .ifPresentOrElse(
                        w -> w.stop(() -> endOf(process, downFor)), () -> kill(process, downFor));
    }

    // Said on a thread of the process that ends, which cannot end itself.
    private void endOf(SimulatedProcess process, long downFor) {
        ends.add(() -> kill(process, downFor));
    }

    /** Moves partitions about. */
    public void rebalance() {
        workerGroup.rebalance();
        twofaGroup.rebalance();
        homeGroup.rebalance();
    }

    @Nullable HomeProcess home() {
        @Nullable HomeProcess there = home;
        return there != null && there.process().isAlive() ? there : null;
    }

    public HomeTables homeTables() {
        return homeTables;
    }

    public WorkerTables workerTables() {
        return workerTables;
    }

    public TwofaTables twofaTables() {
        return twofaTables;
    }

    public Site site() {
        return site;
    }

    public List<Person> persons() {
        return persons;
    }

    public List<WorkerProcess> workers() {
        return workers;
    }

    /** Whether everybody has what he wanted, and nothing is under way. */
    public boolean isQuiet() {
        return persons.stream().allMatch(Person::isDone)
                && workerTables.outbox.isEmpty()
                && twofaTables.outbox.isEmpty()
                && homeTables.outbox.isEmpty()
                && isRead();
    }

    private boolean isRead() {
        return workers.stream().allMatch(w -> w.runs().isAtEnd())
                && twofas.stream().allMatch(t -> t.commands().isAtEnd())
                && Objects.requireNonNull(home).events().isAtEnd();
    }

    /** Ends all threads: one that is parked forever would be kept forever. */
    public void end() {
        processes().forEach(SimulatedProcess::kill);
        people.kill();
    }

    /** Has every reader read everything once more: the positions are lost. */
    public void rewind() {
        workerTables.positions.forgetAll();
        twofaTables.positions.forgetAll();
        homeTables.positions.forgetAll();
        workers.forEach(w -> w.runs().rewind());
        twofas.forEach(t -> t.commands().rewind());
        Objects.requireNonNull(home).events().rewind();
    }
}
