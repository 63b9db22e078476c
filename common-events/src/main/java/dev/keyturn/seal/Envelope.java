package dev.keyturn.seal;

import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEObject;
import java.text.ParseException;
import java.util.Optional;
import java.util.UUID;

/** What those who cannot open a sealed text can still say of it. */
public final class Envelope {

    private Envelope() {}

    /**
     * What is wrong with a code's envelope, in words that name what was expected; empty if nothing
     * is.
     */
    public static Optional<String> checkCode(String sealed, UUID challengeId, int round) {
        return check(sealed, SealedKind.CODE, Binding.code(challengeId, round));
    }

    /** The same for credentials. */
    public static Optional<String> checkCredentials(
            String sealed, UUID accountId, String connector) {
        return check(sealed, SealedKind.CREDENTIALS, Binding.credentials(accountId, connector));
    }

    /** Which key a sealed text names; empty if it is none. */
    public static Optional<String> kid(String sealed) {
        try {
            return Optional.ofNullable(JWEObject.parse(sealed).getHeader().getKeyID());
        } catch (ParseException | RuntimeException _) {
            // Anybody can have made it, and the parser does not foresee everything.
            return Optional.empty();
        }
    }

    private static Optional<String> check(String sealed, SealedKind kind, Binding binding) {
        try {
            Envelopes.judge(sealed, JWEAlgorithm.ECDH_ES, kind, binding);
            return Optional.empty();
        } catch (SealException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
