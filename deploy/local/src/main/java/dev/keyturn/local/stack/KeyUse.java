package dev.keyturn.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.local.infra.StackFailure;
import java.util.HashMap;
import java.util.Map;

/**
 * How much names each key of the fleet, counted by the services that own the tables: home what is
 * on its way to the workers, a worker what they keep.
 *
 * @param byKid by the key's id; a key that nothing names is not there
 */
public record KeyUse(Map<String, Named> byKid) {

    /**
     * How much names a key.
     *
     * @param accounts that have something which names it
     * @param texts all that does
     */
    public record Named(long accounts, long texts) {

        /** Nothing. */
        public static final Named NONE = new Named(0, 0);

        // One on its way to an account is no other account: but which, only its owner knows.
        Named plus(Named other) {
            return new Named(Math.max(accounts, other.accounts), texts + other.texts);
        }
    }

    /** Asks Home and a worker, which share their tables with the other workers. */
    public static KeyUse of(Settings asked) {
        Map<String, Running> alive = new LocalStack(asked, _ -> {}).alive();
        Running worker =
                alive.entrySet().stream()
                        .filter(e -> e.getKey().startsWith("worker-"))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseThrow(KeyUse::nobodyCounts);
        if (!alive.containsKey("home")) {
            throw nobodyCounts();
        }
        Management management = new Management();
        Map<String, Named> byKid = new HashMap<>();
        add(byKid, management.keys(asked.asStarted().ports().homeManagement()));
        add(byKid, management.keys(worker.port()));
        return new KeyUse(Map.copyOf(byKid));
    }

    private static StackFailure nobodyCounts() {
        return new StackFailure(
                "Home and a worker count what names a key, and do not run: ./keyturn up");
    }

    private static void add(Map<String, Named> byKid, JsonNode counted) {
        counted.forEach(
                n ->
                        byKid.merge(
                                n.path("kid").asText(),
                                new Named(n.path("accounts").asLong(), n.path("texts").asLong()),
                                Named::plus));
    }

    /** How much names this one. */
    public Named of(String kid) {
        return byKid.getOrDefault(kid, Named.NONE);
    }
}
