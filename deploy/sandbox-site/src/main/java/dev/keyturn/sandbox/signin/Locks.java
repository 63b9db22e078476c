package dev.keyturn.sandbox.signin;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Wrong codes and locks by login, and the last authenticator code that was used. */
public final class Locks {
    /**
     * What is held against a user.
     *
     * @param lockedUntil {@link Instant#EPOCH} when not locked
     * @param usedStep the step of the last authenticator code used; 0 when none was
     */
    public record Lock(String login, int wrong, Instant lockedUntil, long usedStep) {
        static Lock none(String login) {
            return new Lock(login, 0, Instant.EPOCH, 0);
        }
    }

    private final Rules rules;
    private final Map<String, Lock> locks = new HashMap<>();

    public Locks(Rules rules) {
        this.rules = rules;
    }

    /** Until when the user is locked, if so. */
    public synchronized Optional<Instant> lockedUntil(String login, Instant now) {
        return Optional.of(of(login).lockedUntil()).filter(now::isBefore);
    }

    public synchronized long usedStep(String login) {
        return of(login).usedStep();
    }

    /** Counts a wrong code; it may be the one that locks. */
    synchronized Optional<Instant> wrongCode(String login, Instant now) {
        int wrong = of(login).wrong() + 1;
        if (wrong < rules.wrongCodes()) {
            change(login, lock -> new Lock(login, wrong, lock.lockedUntil(), lock.usedStep()));
            return Optional.empty();
        }
        var until = now.plus(rules.lock());
        change(login, lock -> new Lock(login, 0, until, lock.usedStep()));
        return Optional.of(until);
    }

    synchronized void useStep(String login, long step) {
        change(login, lock -> new Lock(login, lock.wrong(), lock.lockedUntil(), step));
    }

    synchronized void forgive(String login) {
        change(login, lock -> new Lock(login, 0, Instant.EPOCH, lock.usedStep()));
    }

    public synchronized List<Lock> all() {
        return List.copyOf(locks.values());
    }

    public synchronized void restore(List<Lock> saved) {
        locks.clear();
        saved.forEach(lock -> locks.put(lock.login(), lock));
    }

    private Lock of(String login) {
        return locks.getOrDefault(login, Lock.none(login));
    }

    private void change(String login, UnaryOperator<Lock> change) {
        var changed = change.apply(of(login));
        if (changed.equals(Lock.none(login))) {
            locks.remove(login);
        } else {
            locks.put(login, changed);
        }
    }
}
