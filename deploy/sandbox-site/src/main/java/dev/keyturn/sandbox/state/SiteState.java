package dev.keyturn.sandbox.state;

import dev.keyturn.sandbox.signin.Locks.Lock;
import dev.keyturn.sandbox.signin.Sessions.Session;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What outlives a restart. */
public record SiteState(String csrfKey, List<Session> sessions, List<Lock> locks) {
    /** Grows when an older site could not read the file. */
    static final int VERSION = 1;

    JsonObject toJson() {
        return new JsonObject()
                .put("version", VERSION)
                .put("csrfKey", csrfKey)
                .put("sessions", array(sessions, SiteState::toJson))
                .put("locks", array(locks, SiteState::toJson));
    }

    static SiteState fromJson(JsonObject json) {
        return new SiteState(
                required(json, "csrfKey"),
                list(json, "sessions", SiteState::session),
                list(json, "locks", SiteState::lock));
    }

    private static JsonObject toJson(Session session) {
        return new JsonObject()
                .put("tokenHash", session.tokenHash())
                .put("login", session.login())
                .put("until", session.until().toString());
    }

    private static JsonObject toJson(Lock lock) {
        return new JsonObject()
                .put("login", lock.login())
                .put("wrong", lock.wrong())
                .put("lockedUntil", lock.lockedUntil().toString())
                .put("usedStep", lock.usedStep());
    }

    private static Session session(JsonObject json) {
        return new Session(
                required(json, "tokenHash"),
                required(json, "login"),
                Instant.parse(required(json, "until")));
    }

    private static Lock lock(JsonObject json) {
        return new Lock(
                required(json, "login"),
                json.getInteger("wrong", 0),
                Instant.parse(required(json, "lockedUntil")),
                json.getLong("usedStep", 0L));
    }

    private static <T> JsonArray array(List<T> values, Function<T, JsonObject> toJson) {
        return new JsonArray(values.stream().map(toJson).toList());
    }

    private static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> read) {
        var array = json.getJsonArray(name, new JsonArray());
        return array.stream().map(JsonObject.class::cast).map(read).toList();
    }

    private static String required(JsonObject json, String name) {
        var value = json.getString(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return value;
    }
}
