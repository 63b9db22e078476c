package dev.keyturn.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.home.status.Facts;
import dev.keyturn.seal.ChallengeKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Bad input gets an error that names what was wrong, and changes nothing. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class BadInputTest {

    /** A request, and what its refusal must say. */
    private record Row(String method, String path, String body, int status, String says) {
        @Override
        public String toString() {
            return method + " " + path + " " + body;
        }
    }

    private final Person ada = new Person();

    @Test
    void aNewAccountThatIsNotAsItMustBeIsRefusedByName() {
        Person.offer("sandbox");
        Person.offer("other");
        UUID id = UUID.randomUUID();
        String good = Person.sealed(id, "sandbox");
        List<Row> rows = new ArrayList<>();
        rows.add(account("{", 400, "body"));
        rows.add(account("[]", 400, "body"));
        rows.add(account("", 400, "body"));
        rows.add(account("{} {}", 400, "body"));
        rows.add(account("{}", 400, "id: must be there"));
        rows.add(
                account(
                        body(id, "sandbox", "l", good).replace("{", "{\"extra\":1,"),
                        400,
                        "extra"));
        rows.add(account(body(id, "sandbox", "l", good).replace("\"l\"", "7"), 400, "label"));
        rows.add(account(body("not-a-uuid", "sandbox", "l", good), 400, "id=not-a-uuid"));
        rows.add(account(body("AAAAAAAAAAAAAAAAAAAAAA==", "sandbox", "l", good), 400, "id="));
        rows.add(account(body(id, "nowhere", "l", good), 400, "connector=nowhere"));
        rows.add(account(body(id, "sandbox", "", good), 400, "label"));
        rows.add(account(body(id, "sandbox", "x".repeat(101), good), 400, "1 to 100"));
        rows.add(account(body(id, "sandbox", "a\\u0007b", good), 400, "control"));
        rows.add(account(body(id, "sandbox", "l", "hunter2"), 400, "sealed"));
        rows.add(account(body(id, "other", "l", good), 400, "sealed"));
        rows.add(account(body(UUID.randomUUID(), "sandbox", "l", good), 400, "sealed"));
        rows.add(
                account(
                        "{\"id\":\"" + id + "\",\"connector\":\"sandbox\",\"label\":\"l\"}",
                        400,
                        "sealed"));
        rows.add(
                account(
                        "{\"id\":\"" + id + "\",\"connector\":\"sand\\u0000box\",\"label\":\"l\"}",
                        400,
                        "connector=sand?box"));
        rows.add(account("{\"label\":\"" + "x".repeat(70_000) + "\"}", 413, "64 KiB"));
        check(rows);
        assertThat(ada.client.get("/api/accounts").body()).isEmpty();
        assertThat(ada.broker.seen(SaveCredentials.class, id)).isEmpty();
    }

    @Test
    void noAnswerRepeatsWhatMayBeASecret() {
        Client.Answer answer =
                ada.client.post(
                        "/api/accounts", body(UUID.randomUUID(), "sandbox", "l", "hunter2"));

        assertThat(answer.raw().body()).doesNotContain("hunter2");
    }

    @Test
    void aRequestForARunThatIsNotAsItMustBeIsRefusedByName() {
        UUID account = ada.account();
        String path = "/api/accounts/" + account + "/runs";
        check(
                List.of(
                        new Row("POST", path, "{}", 400, "trigger: must be there"),
                        new Row("POST", path, "{\"trigger\":\"NOW\"}", 400, "trigger=NOW"),
                        new Row("POST", path, "{\"trigger\":1}", 400, "trigger"),
                        new Row(
                                "POST",
                                path,
                                "{\"trigger\":\"MANUAL\",\"fresh\":\"yes\"}",
                                400,
                                "fresh"),
                        new Row("POST", path, "null", 400, "body"),
                        new Row("GET", "/api/runs?limit=0", "", 400, "limit=0"),
                        new Row("GET", "/api/runs?limit=many", "", 400, "limit=many"),
                        new Row("GET", "/api/challenges?state=shut", "", 400, "state=shut"),
                        new Row(
                                "DELETE",
                                "/api/accounts/" + account + "?documents=maybe",
                                "",
                                400,
                                "documents=maybe"),
                        new Row("PATCH", "/api/accounts/" + account, "{}", 405, "method"),
                        new Row(
                                "GET",
                                "/api/documents?account=" + UUID.randomUUID(),
                                "",
                                404,
                                "account"),
                        new Row("GET", "/api/nothing", "", 404, "nothing")));
        assertThat(ada.client.get("/api/runs").body()).isEmpty();
    }

    @Test
    void aCodeThatIsNotSealedForTheChallengeIsMalformedAndNothingIsSent() {
        UUID account = ada.account();
        Facts f = ada.run(account);
        UUID challenge = UUID.randomUUID();
        ChallengeKey key = ChallengeKey.generate();
        ada.worker(
                f.started(1), f.requested(2, challenge, null, 1, Person.sealTo(f, challenge, key)));
        ada.awaitState(f.run, "WAITING");
        String path = "/api/challenges/" + challenge + "/code";
        String submission = UUID.randomUUID().toString();
        String good = ChallengeKey.seal(key.publicJwk(), "123456", challenge, 1);
        String ofOther = ChallengeKey.seal(key.publicJwk(), "123456", UUID.randomUUID(), 1);
        String ofRound = ChallengeKey.seal(key.publicJwk(), "123456", challenge, 2);
        List<Row> rows = new ArrayList<>();
        rows.add(
                code(
                        path,
                        Map.of("submissionId", submission, "round", 1, "sealed", "123456"),
                        "sealed"));
        rows.add(
                code(
                        path,
                        Map.of("submissionId", submission, "round", 1, "sealed", 123456),
                        "sealed"));
        rows.add(
                code(
                        path,
                        Map.of("submissionId", submission, "round", 1, "code", "123456"),
                        "code"));
        rows.add(
                code(
                        path,
                        Map.of("submissionId", submission, "round", 1, "sealed", ofOther),
                        "challenge"));
        rows.add(
                code(
                        path,
                        Map.of("submissionId", submission, "round", 1, "sealed", ofRound),
                        "round"));
        rows.add(
                code(
                        path,
                        Map.of("submissionId", submission, "round", 0, "sealed", good),
                        "round=0"));
        rows.add(
                code(
                        path,
                        Map.of("submissionId", submission, "round", "1", "sealed", good),
                        "round"));
        rows.add(code(path, Map.of("submissionId", submission, "sealed", good), "round"));
        rows.add(
                code(
                        path,
                        Map.of("submissionId", "123456", "round", 1, "sealed", good),
                        "submissionId: must be a UUID"));
        rows.add(code(path, Map.of("round", 1, "sealed", good), "submissionId"));
        rows.add(
                code(
                        path,
                        Map.of("submissionId", submission, "round", 1, "sealed", "x".repeat(9000)),
                        "at most"));
        check(rows);
        for (Row row : rows) {
            assertThat(ada.client.send("POST", path, row.body()).raw().body())
                    .doesNotContain("123456");
        }
        Client.Answer clear = ada.client.send("POST", path, rows.getFirst().body());
        assertThat(clear.text("verdict")).isEqualTo("MALFORMED");
        assertThat(ada.broker.seen(SubmitCode.class, account)).isEmpty();
        assertThat(ada.getRun(f.run).path("state").asText()).isEqualTo("WAITING");
    }

    @Test
    void whatIsUnknownIsAnsweredLikeWhatIsAnothers() {
        Person ben = new Person();
        UUID account = ada.account();
        Facts f = ada.run(account);
        UUID challenge = UUID.randomUUID();
        UUID document = UUID.randomUUID();
        ada.worker(f.started(1), f.document(2, document), Person.asked(f, 3, challenge));
        ada.awaitState(f.run, "WAITING");
        Map<String, UUID> foreign =
                Map.of(
                        "account",
                        account,
                        "run",
                        f.run,
                        "challenge",
                        challenge,
                        "document",
                        document);
        for (Operations.Operation operation : Operations.ofOneThing()) {
            Client.Answer theirs =
                    ben.client.send(operation.method(), operation.path(foreign), operation.body());
            Client.Answer nobodys =
                    ben.client.send(
                            operation.method(),
                            operation.path(Operations.unknown()),
                            operation.body());
            Client.Answer none =
                    ben.client.send(operation.method(), operation.path("x"), operation.body());
            assertThat(theirs.status()).as(operation + " " + theirs.raw().body()).isEqualTo(404);
            assertThat(nobodys.status()).as(operation.toString()).isEqualTo(404);
            assertThat(none.status()).as(operation.toString()).isEqualTo(404);
            assertThat(shape(theirs)).as(operation.toString()).isEqualTo(shape(nobodys));
        }
        assertThat(ben.client.get("/api/accounts").body()).isEmpty();
        assertThat(ben.client.get("/api/runs").body()).isEmpty();
        assertThat(ben.client.get("/api/challenges").body()).isEmpty();
        assertThat(ben.client.get("/api/documents").body()).isEmpty();
        assertThat(ada.get(account).path("erased").isNull()).isTrue();
    }

    private static String shape(Client.Answer answer) {
        return answer.raw().body().replaceAll("[0-9a-f-]{36}", "ID");
    }

    private void check(List<Row> rows) {
        for (Row row : rows) {
            Client.Answer answer =
                    ada.client.send(
                            row.method(),
                            row.path(),
                            row.body().isEmpty() && row.method().equals("GET") ? null : row.body());
            assertThat(answer.status())
                    .as(row + " → " + answer.raw().body())
                    .isEqualTo(row.status());
            assertThat(answer.text("detail")).as(row.toString()).contains(row.says());
            assertThat(answer.raw().headers().firstValue("Content-Type").orElse(""))
                    .startsWith("application/problem+json");
        }
    }

    private static Row account(String body, int status, String says) {
        return new Row("POST", "/api/accounts", body, status, says);
    }

    private static Row code(String path, Map<String, Object> body, String says) {
        return new Row("POST", path, Client.json(body), 400, says);
    }

    private static String body(Object id, String connector, String label, String sealed) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("connector", connector);
        body.put("label", "LABEL");
        body.put("sealed", sealed);
        return Client.json(body).replace("LABEL", label);
    }
}
