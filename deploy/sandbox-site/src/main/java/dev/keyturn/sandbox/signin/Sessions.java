package dev.keyturn.sandbox.signin;

import dev.keyturn.sandbox.users.User;
import dev.keyturn.sandbox.users.Users;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is signed in. Only a hash of what stands in the cookie is kept. */
public final class Sessions {
    /** More than this many, and the oldest end. */
    private static final int MOST = 20_000;

    /** A signed-in browser. */
    public record Session(String tokenHash, String login, Instant until) {}

    private final Duration life;
    private final LinkedHashMap<String, Session> byHash = new LinkedHashMap<>();

    public Sessions(Duration life) {
        this.life = life;
    }

    public Duration life() {
        return life;
    }

    public synchronized void open(String token, String login, Instant now) {
        put(new Session(hash(token), login, now.plus(life)));
        if (byHash.size() > MOST) {
            byHash.pollFirstEntry();
        }
    }

    /** Whose session it is, if it is one that has not ended. */
    public synchronized Optional<User> user(@Nullable String token, Instant now) {
        return Optional.ofNullable(token)
                .map(known -> byHash.get(hash(known)))
                .filter(session -> now.isBefore(session.until()))
                .flatMap(session -> Users.find(session.login()));
    }

    public synchronized void end(String token) {
        byHash.remove(hash(token));
    }

    public synchronized void endAllOf(String login) {
        byHash.values().removeIf(session -> session.login().equals(login));
    }

    /** Those that have not ended, oldest first. */
    public synchronized List<Session> all(Instant now) {
        byHash.values().removeIf(session -> !now.isBefore(session.until()));
        return List.copyOf(byHash.values());
    }

    public synchronized void restore(List<Session> saved) {
        byHash.clear();
        saved.forEach(this::put);
    }

    private void put(Session session) {
        byHash.put(session.tokenHash(), session);
    }

    private static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var hash = digest.digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
