package dev.keyturn.chaos.stack;

import dev.keyturn.chaos.plan.Fault;
import dev.keyturn.local.infra.Detached;
import dev.keyturn.local.infra.Frozen;
import dev.keyturn.local.infra.Guardian;
import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.stack.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One process, to which things happen one after the other. */
public final class Victim {

    /**
     * A start may fall into an outage of what it needs; somebody starts it again, as an operator
     * would.
     */
    private static final int STARTS = 8;

    private static final Duration BETWEEN_STARTS = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(60);

    /** Faults that come later would not be spread as planned: they would follow at once. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private final Member member;
    private final HomeFolder home;
    private final Guardian guardian;
    private final Optional<Lines> lines;
    private final Consumer<String> tell;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final List<String> deaths = new CopyOnWriteArrayList<>();
    private volatile @Nullable Process process;

    /** The one that is meant to run on: nobody has asked it to end. */
    private final AtomicReference<@Nullable Process> meantToRun = new AtomicReference<>();

    /** What a process reaches broker and database through. */
    record Lines(Line broker, Line database) {}

    Victim(
            Member member,
            HomeFolder home,
            Guardian guardian,
            Optional<Lines> lines,
            Consumer<String> tell) {
        this.member = member;
        this.home = home;
        this.guardian = guardian;
        this.lines = lines;
        this.tell = tell;
    }

    String name() {
        return member.name();
    }

    /**
     * Does what the fault says and makes it good again; returns when the process is ready.
     *
     * @return false if nothing was done, since the process had still not come back from another one
     */
    boolean suffer(Fault fault) throws InterruptedException {
        if (!turn.tryLock(LATE.toSeconds(), TimeUnit.SECONDS)) {
            tell.accept("%s: not %s, it is not back yet".formatted(name(), fault.kind().words()));
            return false;
        }
        try {
            tell.accept("%s: %s".formatted(name(), fault.kind().words()));
            switch (fault.kind()) {
                case KILLED -> {
                    kill();
                    Thread.sleep(fault.lasts());
                    start();
                }
                case ASKED_TO_STOP -> {
                    stop();
                    Thread.sleep(fault.lasts());
                    start();
                }
                case FROZEN -> {
                    try (Frozen _ = Frozen.freeze(List.of(running().toHandle()))) {
                        Thread.sleep(fault.lasts());
                    }
                }
                case CUT_FROM_BROKER -> cut(lines.orElseThrow().broker(), fault);
                case CUT_FROM_DATABASE -> cut(lines.orElseThrow().database(), fault);
            }
            return true;
        } finally {
            turn.unlock();
        }
    }

    private static void cut(Line line, Fault fault) throws InterruptedException {
        line.cut(fault.silent());
        try {
            Thread.sleep(fault.lasts());
        } finally {
            line.mend();
        }
    }

    /** Starts it and waits until it is ready. */
    void start() {
        for (int attempt = 1; ; attempt++) {
            member.prepare();
            Path log = home.logs().resolve(name() + ".log");
            Process started =
                    Detached.start(member.command(), member.environment(), home.path(), log);
            process = started;
            guardian.endWithUs(started.toHandle());
            try {
                member.awaitReady(started.toHandle(), log);
                meantToRun.set(started);
                var _ = started.onExit().thenAcceptAsync(this::hasEndedByItself, Stack.THREADS);
                return;
            } catch (StackFailure e) {
                tell.accept("%s did not start: %s".formatted(name(), e.getMessage()));
                kill();
                if (attempt == STARTS) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_STARTS.toNanos());
            }
        }
    }

    /** An outage may keep a process from its work, it must not end it. */
    private void hasEndedByItself(Process ended) {
        if (!meantToRun.compareAndSet(ended, null)) {
            return;
        }
        noteDeath(ended);
        turn.lock();
        try {
            if (ended.equals(process)) {
                guardian.hasEnded(ended.toHandle());
                start();
            }
        } finally {
            turn.unlock();
        }
    }

    private void noteDeath(Process ended) {
        String death = "%s with exit code %d".formatted(name(), ended.exitValue());
        deaths.add(death);
        tell.accept("ended by itself: " + death);
    }

    /** From now on it may end. */
    void letGo() {
        Process meant = meantToRun.getAndSet(null);
        if (meant != null && !meant.isAlive()) {
            noteDeath(meant);
        }
    }

    /** Who ended and how, though nobody had asked for it. */
    List<String> deaths() {
        return List.copyOf(deaths);
    }

    void kill() {
        letGo();
        end(running().destroyForcibly());
    }

    private void stop() {
        letGo();
        long begin = System.nanoTime();
        Process running = running();
        running.destroy();
        end(running);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        tell.accept("%s has stopped after %.1f s".formatted(name(), took.toMillis() / 1e3));
    }

    private void end(Process running) {
        try {
            if (!running.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                throw new StackFailure(name() + " did not stop within " + STOP.toSeconds() + " s");
            }
            guardian.hasEnded(running.toHandle());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("Interrupted while stopping " + name(), e);
        }
    }

    /** Lets it end in its own way, so that it leaves behind what makes its next start faster. */
    void shutDown() {
        if (process == null || !process.isAlive()) {
            return;
        }
        stop();
    }

    private Process running() {
        return Objects.requireNonNull(process, name() + " was never started");
    }
}
