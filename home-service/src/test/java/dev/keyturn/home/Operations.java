package dev.keyturn.home;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every operation of the API; a test compares them with the OpenAPI page. */
final class Operations {

    /**
     * One operation.
     *
     * @param thing what its address names; empty for none
     */
    record Operation(String method, String template, String thing, @Nullable String body) {

        String path(Map<String, UUID> ids) {
            return thing.isEmpty() ? template : path(String.valueOf(ids.get(thing)));
        }

        String path(String id) {
            return template.replace("{id}", id);
        }
    }

    private static final List<Operation> ALL =
            List.of(
                    new Operation("GET", "/api/accounts", "", null),
                    new Operation("POST", "/api/accounts", "", "{}"),
                    new Operation("GET", "/api/accounts/{id}", "account", null),
                    new Operation("DELETE", "/api/accounts/{id}", "account", null),
                    new Operation(
                            "PUT",
                            "/api/accounts/{id}/credentials",
                            "account",
                            "{\"sealed\":\"x\"}"),
                    new Operation(
                            "POST",
                            "/api/accounts/{id}/runs",
                            "account",
                            "{\"trigger\":\"MANUAL\"}"),
                    new Operation("GET", "/api/challenges", "", null),
                    new Operation("GET", "/api/challenges/{id}", "challenge", null),
                    new Operation(
                            "POST",
                            "/api/challenges/{id}/code",
                            "challenge",
                            "{\"submissionId\":\""
                                    + UUID.randomUUID()
                                    + "\",\"round\":1,\"sealed\":\"x\"}"),
                    new Operation("POST", "/api/challenges/{id}/cancel", "challenge", "{}"),
                    new Operation("POST", "/api/challenges/{id}/resend", "challenge", "{}"),
                    new Operation(
                            "POST",
                            "/api/challenges/{id}/method",
                            "challenge",
                            "{\"method\":\"EMAIL\"}"),
                    new Operation(
                            "POST", "/api/challenges/{id}/extend", "challenge", "{\"seconds\":60}"),
                    new Operation("GET", "/api/connectors", "", null),
                    new Operation("GET", "/api/documents", "", null),
                    new Operation("GET", "/api/documents/{id}", "document", null),
                    new Operation("GET", "/api/keys", "", null),
                    new Operation("POST", "/api/login-links", "", "{}"),
                    new Operation("GET", "/api/runs", "", null),
                    new Operation("GET", "/api/runs/{id}", "run", null),
                    new Operation("POST", "/api/runs/{id}/cancel", "run", "{}"),
                    new Operation("GET", "/api/runs/{id}/events", "run", null),
                    new Operation("GET", "/api/session", "", null),
                    new Operation("DELETE", "/api/session", "", null),
                    new Operation("GET", "/api/stream", "", null));

    private Operations() {}

    /** All but signing in, which alone needs no login. */
    static List<Operation> all() {
        return ALL;
    }

    static List<Operation> ofOneThing() {
        return ALL.stream().filter(o -> !o.thing().isEmpty()).toList();
    }

    static Map<String, UUID> unknown() {
        return Map.of(
                "account", UUID.randomUUID(),
                "run", UUID.randomUUID(),
                "challenge", UUID.randomUUID(),
                "document", UUID.randomUUID());
    }
}
