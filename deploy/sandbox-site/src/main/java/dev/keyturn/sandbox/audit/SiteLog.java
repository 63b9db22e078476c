package dev.keyturn.sandbox.audit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the site sent and was sent, codes in clear: it is there so that a test can count what a
 * connector did. The oldest entries go first. Safe for use by many threads.
 */
public final class SiteLog {
    private static final int LONGEST_DETAIL = 500;

    /** What an entry tells of. */
    public enum Kind {
        /** A page was asked for. */
        PAGE,
        /** A login and a password came. */
        SIGN_IN,
        /** A code was sent. */
        MESSAGE,
        /** A code came; the detail is what was typed. */
        CODE,
        /** A user was locked. */
        LOCK,
        SIGN_OUT
    }

    /**
     * One line.
     *
     * @param user who it was about; null when nobody knows
     * @param ok whether the visitor got what was asked for
     */
    public record Entry(Instant at, Kind kind, @Nullable String user, boolean ok, String detail) {}

    private final int capacity;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    public SiteLog(int capacity) {
        this.capacity = capacity;
    }

    public void add(Instant at, Kind kind, @Nullable String user, boolean ok, String detail) {
        add(new Entry(at, kind, user == null ? null : cut(user), ok, cut(detail)));
    }

    /** All entries, or those about one user, oldest first. */
    public synchronized List<Entry> entries(@Nullable String user) {
        if (user == null) {
            return new ArrayList<>(entries);
        }
        return entries.stream().filter(entry -> user.equals(entry.user())).toList();
    }

    public synchronized void clear() {
        entries.clear();
    }

    private synchronized void add(Entry entry) {
        if (entries.size() == capacity) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL);
    }
}
