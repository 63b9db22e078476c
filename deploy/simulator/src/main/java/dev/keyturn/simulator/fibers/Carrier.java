package dev.keyturn.simulator.fibers;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Runs virtual threads on the thread that calls it, and on no other: what they do has one order.
 *
 * <p>The JDK has a scheduler of its own for virtual threads and no public way to another one; the
 * factory that takes one is used by its name, which needs {@code --add-opens
 * java.base/java.lang=ALL-UNNAMED}.
 */
final class Carrier {

    private static final Method FACTORY = factory();

    private final BlockingQueue<Runnable> ready = new LinkedBlockingQueue<>();

    Thread thread(String name, Runnable work) {
        Executor scheduler = ready::add;
        try {
            return (Thread) FACTORY.invoke(null, scheduler, name, 0, work);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("A virtual thread could not be made", e);
        }
    }

    /** On a thread of {@link #thread}: lets others run. */
    void park() {
        LockSupport.park(this);
    }

    void unpark(Thread thread) {
        LockSupport.unpark(thread);
    }

    /**
     * Runs what can run until one waits or has ended. Where it is held up by a lock that another
     * simulation has, on another processor, that is waited for: it is no wait of its own.
     */
    void runUntil(BooleanSupplier waitsOrEnded) {
        while (!waitsOrEnded.getAsBoolean() || !ready.isEmpty()) {
            try {
                ready.take().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("The simulation was interrupted", e);
            }
        }
    }

    private static Method factory() {
        try {
            Method method =
                    Class.forName("java.lang.ThreadBuilders")
                            .getDeclaredMethod(
                                    "newVirtualThread",
                                    Executor.class,
                                    String.class,
                                    int.class,
                                    Runnable.class);
            method.setAccessible(true);
            return method;
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "The simulator needs JDK 25 with --add-opens java.base/java.lang=ALL-UNNAMED",
                    e);
        }
    }
}
