package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in, by which door. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class DoorTest {

    private static final String CSP =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types lit-html";

    private final Person ada = new Person();

    @Test
    void everyOperationNeedsALogin() {
        Client nobody = Client.nobody().with("Origin", Client.baseUrl());
        Client wrong = Client.nobody().with("Authorization", "Bearer " + "x".repeat(43));
        for (Operations.Operation operation : Operations.all()) {
            for (Client client : List.of(nobody, wrong)) {
                Client.Answer answer =
                        client.send(
                                operation.method(),
                                operation.path(Operations.unknown()),
                                operation.body());
                assertThat(answer.status()).as(operation.toString()).isEqualTo(401);
                assertThat(answer.text("detail")).as(operation.toString()).isNotEmpty();
            }
        }
    }

    @Test
    void aLinkSignsInOnce() {
        Client.Answer link = ada.client.post("/api/login-links", "{}");
        assertThat(link.status()).isEqualTo(201);
        assertThat(link.text("url")).startsWith(Client.baseUrl() + "/#login=");
        String token = link.text("url").substring(link.text("url").indexOf('=') + 1);
        Client page = Client.nobody().with("Origin", Client.baseUrl());

        Client.Answer first = page.post("/api/session", "{\"token\":\"" + token + "\"}");
        Client.Answer second = page.post("/api/session", "{\"token\":\"" + token + "\"}");

        assertThat(first.status()).isEqualTo(204);
        assertThat(second.status()).isEqualTo(401);
        String cookie = first.raw().headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .startsWith("keyturn_" + URI.create(Client.baseUrl()).getPort() + "=")
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("SameSite=Strict")
                .containsIgnoringCase("Path=/");
        Client.Answer session = page.with("Cookie", cookie.split(";", 2)[0]).get("/api/session");
        assertThat(session.body().path("user").path("name").asText()).isEqualTo(ada.name);
    }

    @Test
    void aSessionThatWasEndedIsNobodys() {
        Client page = ada.signedIn();
        try (EventStream stream = new EventStream(page)) {
            stream.awaitEvent("snapshot", _ -> true);

            assertThat(page.delete("/api/session").status()).isEqualTo(204);

            assertThat(page.get("/api/session").status()).isEqualTo(401);
            stream.awaitEvent("bye", b -> b.path("why").asText().equals("SESSION_ENDED"));
            await().until(stream::hasEnded);
        }
    }

    @Test
    void onlyTheLauncherMakesLinks() {
        assertThat(ada.signedIn().post("/api/login-links", "{}").status()).isEqualTo(403);
    }

    @Test
    void anotherSitesPageCanChangeNothing() {
        Client page = ada.signedIn();
        for (String origin :
                List.of(
                        "http://localhost:7701",
                        "null",
                        Client.baseUrl().replace("127.0.0.1", "localhost"))) {
            Client.Answer answer = page.with("Origin", origin).post("/api/accounts", "{}");
            assertThat(answer.status()).as(origin).isEqualTo(403);
            assertThat(answer.text("detail")).startsWith("Origin");
        }
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            Client.Answer answer = page.with("Content-Type", type).post("/api/accounts", "{}");
            assertThat(answer.status()).as(type).isEqualTo(403);
            assertThat(answer.text("detail")).startsWith("Content-Type");
        }
        assertThat(page.post("/api/accounts", "{}").status()).isEqualTo(400);
    }

    @Test
    void anUnknownHostIsMisdirected() throws IOException {
        int port = URI.create(Client.baseUrl()).getPort();
        assertThat(statusFor("127.0.0.1:" + port)).contains(" 401 ");
        assertThat(statusFor("evil.example:" + port)).contains(" 421 ");
        assertThat(statusFor("localhost:" + port)).contains(" 421 ");
        assertThat(statusFor("127.0.0.1:1")).contains(" 421 ");
    }

    @Test
    void noSpellingOfAnAddressIsAWayAroundTheFence() throws IOException {
        for (String path :
                List.of(
                        "/api/accounts",
                        "//api/accounts",
                        "/%61pi/accounts",
                        "/./api/accounts",
                        "/x/../api/accounts",
                        "/api;x/accounts",
                        "/API/accounts",
                        "/accounts")) {
            for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
                String foreign = method + " " + path;
                assertThat(answer(foreign, ownHost(), "Origin: http://127.0.0.1:9999"))
                        .as(foreign)
                        .contains(" 403 ");
                assertThat(answer(foreign, ownHost(), "Origin: " + Client.baseUrl()))
                        .as("not JSON: " + foreign)
                        .contains(" 403 ");
            }
        }
    }

    private static String ownHost() {
        return "127.0.0.1:" + URI.create(Client.baseUrl()).getPort();
    }

    private static String statusFor(String host) throws IOException {
        return answer("GET /api/session", host, "Accept: */*");
    }

    private static String answer(String methodAndPath, String host, String header)
            throws IOException {
        URI url = URI.create(Client.baseUrl());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String request =
                    methodAndPath
                            + " HTTP/1.1\r\nHost: "
                            + host
                            + "\r\n"
                            + header
                            + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void everyAnswerTellsTheBrowserWhatThePageMayDo() {
        for (String path :
                List.of("/api/session", "/api/nothing", "/", "/accounts", "/some/where")) {
            var headers = ada.client.get(path).raw().headers();
            assertThat(headers.allValues("Content-Security-Policy")).as(path).containsExactly(CSP);
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
            assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
        }
        assertThat(ada.client.get("/api/session").raw().headers().allValues("Cache-Control"))
                .containsExactly("no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "/, 200",
        "/index.html, 200",
        "/add, 200",
        "/add/sandbox, 200",
        "/accounts, 200",
        "/accounts/, 200",
        "/accounts/7c0a1c1e-7a4e-4a5e-9d49-0f3a3f0e8b11, 200",
        "/accounts/7c0a1c1e-7a4e-4a5e-9d49-0f3a3f0e8b11/credentials, 200",
        "/accounts/a/b, 404",
        "/accounts/a/credentials/c, 404",
        "/some/where, 404",
        "/favicon.png, 404",
        "/apiary, 404",
        "/api/accounts/a/nothing, 404"
    })
    void eachAddressOfThePageShowsItAndOthersAreNotThere(String path, int status) {
        assumeTrue(
                getClass().getResource("/META-INF/resources/index.html") != null,
                "the web UI was left out of the build (-Dskip.ui)");
        Client.Answer answer =
                path.startsWith("/api/") ? ada.client.get(path) : Client.nobody().get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.raw().body().contains("<kt-app>")).isEqualTo(status == 200);
    }

    @Test
    void whatOperatorsLookAtIsNotOnThisPort() {
        for (String path : List.of("/q/health", "/q/metrics", "/q/openapi")) {
            assertThat(ada.client.get(path).status()).as(path).isEqualTo(404);
        }
    }
}
