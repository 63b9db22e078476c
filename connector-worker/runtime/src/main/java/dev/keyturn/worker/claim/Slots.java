package dev.keyturn.worker.claim;

/**
 * How many runs work and how many wait. A run that comes back from its wait goes on at once, above
 * the number of slots if need be; until they are fewer again no new one is taken.
 */
public class Slots {

    private final int slots;
    private final int maxWaiting;
    private int working;
    private int waiting;

    public Slots(int slots, int maxWaiting) {
        this.slots = slots;
        this.maxWaiting = maxWaiting;
    }

    /** Takes a slot for a new run, if there is one. */
    public synchronized boolean tryTake() {
        if (working >= slots || waiting >= maxWaiting) {
            return false;
        }
        working++;
        return true;
    }

    /** For a run that is adopted and will wait at once, or must go on: not limited. */
    public synchronized void takeForAdoption() {
        working++;
    }

    /** A run that worked is over. */
    public synchronized void free() {
        working--;
    }

    /** A run that worked waits for a person. */
    public synchronized void toWaiting() {
        working--;
        waiting++;
    }

    /** A run that waited goes on. */
    public synchronized void toWorking() {
        waiting--;
        working++;
    }

    public int slots() {
        return slots;
    }

    public synchronized int working() {
        return working;
    }

    public synchronized int waiting() {
        return waiting;
    }
}
