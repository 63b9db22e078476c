package dev.keyturn.systemtests;

import static dev.keyturn.systemtests.Patience.awaiting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyturn.local.api.Challenge;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.wire.Json;
import java.util.Objects;
import java.util.UUID;

/** Codes given by plain HTTP, so that every byte of the answers is there. */
record Submitting(RecordedHome home) {

    /** Seals a code as the page does, and gives it; the answer, once it has a verdict. */
    String submit(Challenge challenge, String code) {
        String body = body(challenge, sealed(challenge, code)).toString();
        return awaiting("a verdict")
                .until(
                        () -> home.post(path(challenge), body).body(),
                        answer -> answer.contains("verdict") && !answer.contains("PENDING"));
    }

    static String path(Challenge challenge) {
        return "/api/challenges/" + challenge.id() + "/code";
    }

    static ObjectNode body(Challenge challenge, String sealed) {
        return Json.mapper()
                .createObjectNode()
                .put("submissionId", UUID.randomUUID().toString())
                .put("round", challenge.round())
                .put("sealed", sealed);
    }

    static String sealed(Challenge challenge, String code) {
        return ChallengeKey.seal(
                Objects.requireNonNull(challenge.jwk()), code, challenge.id(), challenge.round());
    }
}
