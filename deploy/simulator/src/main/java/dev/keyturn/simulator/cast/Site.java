package dev.keyturn.simulator.cast;

import dev.keyturn.simulator.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A site that asks for a code: it does what it is told, and forgets nothing. */
public final class Site {

    /** What it answers. */
    record Answer(int status, String body, @Nullable String cookie) {}

    /** A sign-in that was begun. */
    private static final class SignIn {
        private final String id;
        private final UUID account;
        private String code;
        private int wrong;
        private boolean done;

        SignIn(String id, UUID account, String code) {
            this.id = id;
            this.account = account;
            this.code = code;
        }
    }

    private static final int MOST_WRONG = 3;
    private static final long SHORTEST_LIFE = 15_000;
    private static final long LONGEST_LIFE = 60_000;
    private static final long MORE_TIME = 30_000;

    private final World world;
    private final Map<String, SignIn> signIns = new HashMap<>();
    private final Set<String> sessions = new HashSet<>();
    private final Map<UUID, List<String>> messages = new HashMap<>();
    private final Map<UUID, Integer> resent = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private int made;

    public Site(World world) {
        this.world = world;
    }

    /** The last code that was sent to an account's person; null if none was. */
    @Nullable String lastCode(UUID account) {
        List<String> sent = messages.getOrDefault(account, List.of());
        return sent.isEmpty() ? null : sent.getLast();
    }

    /** How often a run had it send again. */
    public int resent(UUID run) {
        return resent.getOrDefault(run, 0);
    }

    /** How often it was sent each code. */
    public Map<String, Integer> uses() {
        return uses;
    }

    Answer handle(UUID run, UUID account, String path, Map<String, String> form, String cookie) {
        return switch (path) {
            case "/me" -> new Answer(sessions.contains(cookie) ? 200 : 403, "", null);
            case "/signin" -> signIn(account);
            case "/resend" -> resend(run, form.getOrDefault("signin", ""));
            case "/code" -> code(form.getOrDefault("signin", ""), form.getOrDefault("code", ""));
            case "/login", "/visit", "/bills", "/bill" -> new Answer(200, "bill", null);
            default -> new Answer(404, "", null);
        };
    }

    private Answer signIn(UUID account) {
        String id = "signin-" + ++made;
        SignIn begun = new SignIn(id, account, newCode(account));
        signIns.put(id, begun);
        return asks(begun);
    }

    private Answer asks(SignIn signIn) {
        long life = world.random().nextLong(SHORTEST_LIFE, LONGEST_LIFE);
        long end = world.now() + life;
        return new Answer(200, signIn.id + ";" + end + ";" + (end + MORE_TIME), null);
    }

    private Answer resend(UUID run, String id) {
        @Nullable SignIn begun = signIns.get(id);
        if (begun == null || begun.done) {
            return new Answer(410, "", null);
        }
        resent.merge(run, 1, Integer::sum);
        begun.code = newCode(begun.account);
        return asks(begun);
    }

    private Answer code(String id, String code) {
        @Nullable SignIn begun = signIns.get(id);
        uses.merge(code, 1, Integer::sum);
        if (begun == null || begun.done || begun.wrong >= MOST_WRONG) {
            return new Answer(410, "", null);
        }
        if (!begun.code.equals(code)) {
            begun.wrong++;
            return new Answer(begun.wrong >= MOST_WRONG ? 423 : 401, "", null);
        }
        begun.done = true;
        String session = "session-" + ++made;
        sessions.add(session);
        return new Answer(200, "", session);
    }

    private String newCode(UUID account) {
        String code = String.valueOf(10_000_000 + world.random().nextInt(90_000_000));
        messages.computeIfAbsent(account, _ -> new ArrayList<>()).add(code);
        world.watch().secret(code);
        return Objects.requireNonNull(code);
    }
}
