package dev.keyturn.seal;

import java.util.Map;
import java.util.UUID;

/**
 * What a sealed text is for: members of its protected header, which who opens it compares with what
 * is at hand.
 *
 * @param members name to value, a text or a whole number
 */
public record Binding(Map<String, Object> members) {

    public Binding {
        members = Map.copyOf(members);
    }

    /** A code for one round of one challenge. */
    public static Binding code(UUID challengeId, int round) {
        return new Binding(Map.of("challenge", challengeId.toString(), "round", round));
    }

    /** Credentials, as they travel and as they are kept: for an account at a connector. */
    public static Binding credentials(UUID accountId, String connector) {
        return new Binding(Map.of("account", accountId.toString(), "connector", connector));
    }

    /** A kept session, for an account and the version of the credentials that it was made with. */
    public static Binding session(UUID accountId, long credentialsVersion) {
        return new Binding(Map.of("account", accountId.toString(), "version", credentialsVersion));
    }

    /** What a step of a run returned. */
    public static Binding step(UUID runId, String step) {
        return new Binding(Map.of("run", runId.toString(), "step", step));
    }

    /** The private key of a challenge of a run. */
    public static Binding challengeKey(UUID runId, UUID challengeId) {
        return new Binding(Map.of("run", runId.toString(), "challenge", challengeId.toString()));
    }
}
