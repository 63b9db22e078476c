package dev.keyturn.service.threads;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Does a thing for all that wait for it at once: one is done right away, and what comes while it is
 * being done is done together afterwards.
 */
public final class Together<T> {

    private final Threads threads;
    private final String name;
    private final int most;
    private final Consumer<List<T>> work;
    private final Queue<T> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    /**
     * @param name of its thread
     * @param most how many at once
     * @param work what is done, on a thread that may block; throws nothing
     */
    public Together(Threads threads, String name, int most, Consumer<List<T>> work) {
        this.threads = threads;
        this.name = name;
        this.most = most;
        this.work = work;
    }

    /** Has it done, on another thread. */
    public void add(T one) {
        waiting.add(one);
        begin();
    }

    /** Goes on with what waits, should its thread have died. */
    public void goOn() {
        if (!waiting.isEmpty()) {
            begin();
        }
    }

    private void begin() {
        if (busy.compareAndSet(false, true)) {
            boolean begun = false;
            try {
                threads.start(name, this::doAll);
                begun = true;
            } finally {
                if (!begun) {
                    busy.set(false);
                }
            }
        }
    }

    private void doAll() {
        try {
            for (List<T> next = next(); !next.isEmpty(); next = next()) {
                work.accept(next);
            }
        } finally {
            busy.set(false);
        }
        goOn(); // one may have come right before
    }

    private List<T> next() {
        List<T> next = new ArrayList<>();
        while (next.size() < most && !waiting.isEmpty()) {
            next.add(waiting.remove());
        }
        return next;
    }
}
