package dev.keyturn.simulator.fibers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All threads of a simulation, and its time. One runs at a time, up to where it waits; which one is
 * next the seed chooses among those that can go on. Time stands still while any can, and then goes
 * to where the first can again.
 */
public final class Fibers {

    private final RandomGenerator random;
    private final Carrier carrier = new Carrier();
    private final List<Fiber> alive = new ArrayList<>();
    private final List<Fiber> runnable = new ArrayList<>();
    private long now;

    /**
     * Begins.
     *
     * @param now the first time, in milliseconds since 1970
     */
    public Fibers(RandomGenerator random, long now) {
        this.random = random;
        this.now = now;
    }

    /** The time, in milliseconds since 1970. */
    public long now() {
        return now;
    }

    public void start(Owner owner, String name, Runnable work) {
        alive.add(new Fiber(owner, name, work, now));
    }

    /** Waits on the current thread; it is not woken by an interrupt, which stays. */
    public void await(BooleanSupplier condition, long limit) {
        try {
            Fiber.current().park(carrier, condition, limit, false);
        } catch (InterruptedException e) {
            throw new IllegalStateException("not interruptible", e);
        }
    }

    /** The same, but ended by an interrupt. */
    public void awaitInterruptibly(BooleanSupplier condition, long limit)
            throws InterruptedException {
        Fiber.current().park(carrier, condition, limit, true);
    }

    /** Who runs next; null if nobody can, now or later. */
    public @Nullable Fiber next() {
        find();
        if (runnable.isEmpty()) {
            long first = Long.MAX_VALUE;
            for (Fiber fiber : alive) {
                first = fiber.isParked() ? Math.min(first, fiber.wakesAt()) : first;
            }
            if (first == Long.MAX_VALUE) {
                return null;
            }
            now = Math.max(now, first);
            find();
        }
        return runnable.get(random.nextInt(runnable.size()));
    }

    private void find() {
        runnable.clear();
        for (Fiber fiber : alive) {
            if (fiber.canRun(now)) {
                runnable.add(fiber);
            }
        }
    }

    /** Lets it run up to where it waits next. */
    public void step(Fiber fiber) {
        Thread thread = fiber.thread();
        if (thread == null) {
            fiber.begin(carrier);
        } else {
            fiber.resume();
            carrier.unpark(thread);
        }
        carrier.runUntil(() -> fiber.isParked() || fiber.isDone());
        alive.removeIf(Fiber::isDone);
    }

    /** Ends the threads of one that does not live any more: each finds out where it waits. */
    public void unwind(Owner owner) {
        for (Fiber fiber : List.copyOf(alive)) {
            if (fiber.owner().equals(owner) && !fiber.isDone()) {
                if (fiber.thread() == null) {
                    alive.remove(fiber);
                } else if (fiber.isParked()) {
                    step(fiber);
                }
            }
        }
        alive.removeIf(fiber -> fiber.owner().equals(owner));
    }
}
