package dev.keyturn.worker.execution;

import dev.keyturn.replies.Reply;
import dev.keyturn.sdk.RunStopped;
import dev.keyturn.service.reply.Waiter;
import dev.keyturn.service.threads.Threads;
import dev.keyturn.worker.claim.Claim;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A run at work, as seen from outside its thread: it can be stopped, or asked to let go. */
public final class Execution {

    private final Claim claim;
    private final BlockingQueue<Boolean> end = new LinkedBlockingQueue<>();
    private volatile boolean ended;
    private @Nullable Thread waiting;
    private volatile @Nullable String stopped;
    private volatile boolean lettingGo;

    Execution(Claim claim) {
        this.claim = claim;
    }

    public Claim claim() {
        return claim;
    }

    /** From now on it writes nothing and sends nothing: the run is over, or another's. */
    public synchronized void stop(String why) {
        stopped = why;
        wake();
    }

    /** From now on it begins no step, no wait and, outside a step, no request. */
    public synchronized void letGo() {
        lettingGo = true;
        wake();
    }

    /** Its thread does nothing more. */
    void ended() {
        ended = true;
        end.add(true);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Waits until its thread does nothing more, at most so long. */
    void awaitEnd(Threads threads, Duration limit) {
        try {
            Boolean _ = threads.poll(end, limit);
        } catch (InterruptedException _) {
            throw new RunStopped("its thread was interrupted");
        }
    }

    boolean isStopped() {
        return stopped != null;
    }

    boolean isLettingGo() {
        return lettingGo;
    }

    /**
     * On the run's own thread, before it does something.
     *
     * @param insideStep whether that belongs to a step, which may be finished
     * @throws RunStopped if it must not
     */
    void goesOn(boolean insideStep) {
        @Nullable String why = stopped;
        if (why != null) {
            throw new RunStopped(why);
        }
        if (lettingGo && !insideStep) {
            throw new RunStopped("the worker stops");
        }
    }

    /** The next reply; null if there is none in this time. Ends at once when it is stopped. */
    @Nullable Reply next(Waiter waiter, Duration limit) {
        synchronized (this) {
            goesOn(false);
            waiting = Thread.currentThread();
        }
        try {
            return waiter.next(limit);
        } catch (InterruptedException _) {
            goesOn(false);
            throw new RunStopped("its thread was interrupted");
        } finally {
            synchronized (this) {
                waiting = null;
            }
            boolean _ = Thread.interrupted();
        }
    }

    // Only a wait is interrupted: a connection to the database or the site would be torn.
    private void wake() {
        if (waiting != null) {
            waiting.interrupt();
        }
    }
}
