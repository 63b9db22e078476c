package dev.keyturn.seal;

import java.util.Map;
import java.util.UUID;

/**
 * To which key a challenge's code is to be sealed. On the wire a compact JWS of the fleet, so that
 * nobody else can have codes sealed to a key of his own.
 *
 * @param challengeId the challenge
 * @param runId its run
 * @param accountId its account
 * @param jwk the challenge's public key
 */
public record SealTo(UUID challengeId, UUID runId, UUID accountId, Map<String, Object> jwk) {

    public SealTo {
        jwk = Map.copyOf(jwk);
    }
}
