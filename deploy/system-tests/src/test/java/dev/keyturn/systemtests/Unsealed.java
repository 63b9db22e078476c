package dev.keyturn.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyturn.local.api.Challenge;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** What a page or a program sends that forgets to seal. Home refuses each, and repeats nothing. */
record Unsealed(RecordedHome home, Secrets secrets) {

    private static final int MEGABYTE = 1 << 20;

    void credentials(UUID account) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("sealed", secrets.text("a password that is not sealed"));
        String path = "/api/accounts/" + account + "/credentials";
        refused(400, home.send("PUT", path, "application/json", body.toString()));
    }

    void codes(Challenge challenge) {
        String path = Submitting.path(challenge);
        refused(400, home.post(path, bodyOf(challenge, secrets.text("a code in clear"))));
        refused(400, home.post(path, named(secrets.text("a code under another name"))));
        refused(400, home.post(path, with(challenge, "submissionId")));
        refused(400, home.post(path, with(challenge, "round")));
        refused(400, home.post(path, secrets.text("a code that is no JSON")));
        refused(400, home.post(path, bodyOf(challenge, inAHeader())));
        refused(403, home.send("POST", path, "text/plain", secrets.text("a code as plain text")));
        huge(path, challenge);
    }

    /** Home need not read it to its end, and may have hung up before it has all been sent. */
    private void huge(String path, Challenge challenge) {
        String code = secrets.text("a code of a megabyte") + "1".repeat(MEGABYTE);
        try {
            refused(413, home.post(path, bodyOf(challenge, code)));
        } catch (UncheckedIOException e) {
            assertThat(e).hasCauseInstanceOf(IOException.class);
        }
    }

    private static String bodyOf(Challenge challenge, String sealed) {
        return Submitting.body(challenge, sealed).toString();
    }

    private static String named(String code) {
        return Json.mapper().createObjectNode().put("code", code).toString();
    }

    private String with(Challenge challenge, String field) {
        return Submitting.body(challenge, Submitting.sealed(challenge, "123456"))
                .put(field, secrets.text("a code as the " + field))
                .toString();
    }

    private String inAHeader() {
        String header =
                Json.mapper()
                        .createObjectNode()
                        .put("alg", "ECDH-ES")
                        .put("kid", secrets.text("a code in a header"))
                        .toString();
        return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "..aaaa.bbbb.cccc";
    }

    private static void refused(int status, RecordedHome.Answer answer) {
        assertThat(answer.status()).as("%s: %s", answer.to(), answer.body()).isEqualTo(status);
    }
}
