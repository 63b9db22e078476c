package dev.keyturn.simulator.fibers;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One thread: where it waits, and for what. */
public final class Fiber {

    private static final ThreadLocal<Fiber> CURRENT = new ThreadLocal<>();

    private final Owner owner;
    private final String name;
    private final Runnable work;
    private @Nullable Thread thread;
    private BooleanSupplier ready = () -> false;
    private long until;
    private volatile boolean parked = true;
    private boolean interruptible;
    private boolean interrupted;
    private volatile boolean done;

    Fiber(Owner owner, String name, Runnable work, long now) {
        this.owner = owner;
        this.name = name;
        this.work = work;
        this.until = now;
    }

    /** The one that this code runs on. */
    public static Fiber current() {
        return CURRENT.get();
    }

    public Owner owner() {
        return owner;
    }

    public String name() {
        return name;
    }

    boolean isDone() {
        return done;
    }

    boolean isParked() {
        return parked;
    }

    /** When it can go on at the latest. */
    long wakesAt() {
        return Math.max(until, owner.stoppedUntil());
    }

    boolean canRun(long now) {
        return parked
                && now >= owner.stoppedUntil()
                && (now >= until || ready.getAsBoolean() || (interruptible && interrupted));
    }

    void begin(Carrier carrier) {
        parked = false;
        Thread running = carrier.thread(name, this::run);
        thread = running;
        running.start();
    }

    @Nullable Thread thread() {
        return thread;
    }

    private void run() {
        CURRENT.set(this);
        try {
            check();
            work.run();
        } catch (Killed _) {
            // its process is no more
        } finally {
            done = true;
        }
    }

    /** Parks until {@code condition} holds, {@code limit} has come, or it is interrupted. */
    void park(Carrier carrier, BooleanSupplier condition, long limit, boolean mayInterrupt)
            throws InterruptedException {
        check();
        ready = condition;
        until = limit;
        interruptible = mayInterrupt;
        interrupted |= Thread.interrupted();
        parked = true;
        while (parked) {
            carrier.park();
            interrupted |= Thread.interrupted();
        }
        ready = () -> false;
        check();
        if (interrupted && mayInterrupt) {
            interrupted = false;
            throw new InterruptedException();
        }
    }

    void resume() {
        parked = false;
    }

    private void check() {
        if (!owner.isAlive()) {
            throw new Killed(owner.name());
        }
    }
}
