package dev.keyturn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Form;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.Request;
import dev.keyturn.sdk.RunStopped;
import dev.keyturn.sdk.SignInForm;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a real server; names are looked up in a table, which the system does not know. */
class VertxSessionTest {

    private static final int LIMIT = 100_000;
    private static final HttpLimits LIMITS =
            new HttpLimits(
                    Duration.ofSeconds(5), Duration.ofSeconds(4), LIMIT, 10, "Keyturn-Test/1");
    private static final NetworkRules LOCAL =
            new NetworkRules(true, List.of(NetworkRules.Network.parse("127.0.0.0/8")));

    private static Vertx vertx;

    private final Map<String, Deque<String>> names =
            Map.of(
                    "site.test", new ArrayDeque<>(List.of("127.0.0.1")),
                    "other.test", new ArrayDeque<>(List.of("127.0.0.1")),
                    "metadata.test", new ArrayDeque<>(List.of("169.254.169.254")),
                    "rebinding.test", new ArrayDeque<>(List.of("127.0.0.1", "10.0.0.1")));
    private TestSite site;
    private VertxSessions sessions;
    private HttpSession session;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void start() throws Exception {
        site = new TestSite(vertx);
        sessions = sessions(LIMITS, LOCAL);
        session = open(null, RequestGate.OPEN);
    }

    @AfterEach
    void stop() throws Exception {
        sessions.close();
        site.close();
    }

    private VertxSessions sessions(HttpLimits limits, NetworkRules network) {
        return new VertxSessions(vertx, limits, network, this::resolve, InstantSource.system());
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        if (host.equals("two.test")) {
            List<InetAddress> several = new ArrayList<>();
            for (String one : List.of("10.0.0.1", "127.0.0.2", "127.0.0.1")) {
                several.add(InetAddress.getByName(one));
            }
            return several;
        }
        Deque<String> addresses = names.get(host);
        if (addresses == null) {
            throw new UnknownHostException(host);
        }
        String next = addresses.size() > 1 ? addresses.removeFirst() : addresses.getFirst();
        return List.of(InetAddress.getByName(next));
    }

    private HttpSession open(byte @Nullable [] kept, RequestGate gate) {
        return sessions.open(
                new HostRules(Set.of("site.test", "other.test", "metadata.test", "rebinding.test")),
                kept,
                gate);
    }

    private String at(String path) {
        return site.at("site.test", path);
    }

    // --- what goes right

    @Test
    void aFormIsSentWithItsHiddenInputsRefererAndCookies() {
        site.page(
                "/login",
                r ->
                        r.response()
                                .putHeader("Set-Cookie", "visit=v1; Path=/; HttpOnly")
                                .putHeader("Content-Type", "text/html")
                                .end(
                                        """
                                        <form id=f method=post action="/in?a=1&amp;b=2">
                                        <input type=hidden name=csrf value="t&quot;k">
                                        <input name=user><input type=password name=pw>
                                        <input type=checkbox name=keep value=yes checked>
                                        <input type=checkbox name=news>
                                        <select name=lang><option value=en>E<option value=fr selected>F</select>
                                        <button name=go value=1>Go</button>
                                        <input type=submit name=other value=2></form>
                                        """));
        site.html("/in", "<p id=ok>in</p>");

        Page page =
                session.submit(
                        SignInForm.at(at("/login"), "#f")
                                .fill("user", "ada")
                                .fill("pw", "s & ü")
                                .filledOn(session.get(at("/login"))));

        assertThat(page.text("#ok")).isEqualTo("in");
        assertThat(site.last().line()).isEqualTo("POST /in?a=1&b=2");
        assertThat(site.last().body())
                .isEqualTo("csrf=t%22k&user=ada&pw=s+%26+%C3%BC&keep=yes&lang=fr");
        assertThat(site.last().header("Cookie")).isEqualTo("visit=v1");
        assertThat(site.last().header("Referer")).isEqualTo(at("/login"));
        assertThat(site.last().header("Origin")).isEqualTo(at(""));
        assertThat(site.last().header("User-Agent")).isEqualTo("Keyturn-Test/1");
        assertThat(site.last().header("Host")).isEqualTo("site.test:" + site.port());
    }

    @Test
    void aPressedButtonIsSentAndAnInputThatIsNotThereIsNamed() {
        site.html(
                "/login",
                "<form id=f action=/in method=post><input name=a><button name=go value=1>x</form>");
        site.html("/in", "");
        Form form = session.get(at("/login?token=secret")).form("#f");

        session.submit(form.fill("a", "1").press("go"));

        assertThat(site.last().body()).isEqualTo("a=1&go=1");
        assertThatThrownBy(() -> form.fill("b", "1"))
                .isInstanceOfSatisfying(
                        ConnectorFailure.class,
                        failure ->
                                assertThat(failure.detail())
                                        .isEqualTo(
                                                "The form #f at "
                                                        + at("/login")
                                                        + " has no input named b; it has [a]."));
    }

    @Test
    void queryAndAddressesAreSentAsTheyWereWritten() {
        site.html("/q", "");

        session.get(at("/q?a=b%20c+d%2Fe&flag&x=%C3%BC#fragment"));

        assertThat(site.last().line()).isEqualTo("GET /q?a=b%20c+d%2Fe&flag&x=%C3%BC");
    }

    @Test
    void aGetFormReplacesTheQuery() {
        site.html("/s", "<form id=f action='/find?old=1'><input name=q value='a b'></form>");
        site.html("/find", "");

        session.submit(session.get(at("/s")).form("#f"));

        assertThat(site.last().line()).isEqualTo("GET /find?q=a+b");
    }

    @ParameterizedTest
    @CsvSource({"301, GET, ''", "302, GET, ''", "303, GET, ''", "307, POST, a=1", "308, POST, a=1"})
    void aRedirectKeepsMethodAndBodyOrMakesAGet(int status, String method, String body) {
        site.redirect("/from", status, "to?x=1");
        site.html("/to", "");

        Page page = session.post(at("/from"), Map.of("a", "1"));

        assertThat(page.address().toString()).isEqualTo(at("/to?x=1"));
        assertThat(site.last().line()).isEqualTo(method + " /to?x=1");
        assertThat(site.last().body()).isEqualTo(body);
        assertThat(site.last().header("Content-Type").isEmpty()).isEqualTo(body.isEmpty());
    }

    @Test
    void aSecureCookieIsSentToLoopbackOverHttp() {
        sessions.close();
        sessions = new VertxSessions(vertx, LIMITS, LOCAL);
        session = sessions.open(new HostRules(Set.of("127.0.0.1")), null, RequestGate.OPEN);
        site.page(
                "/a",
                r ->
                        r.response()
                                .putHeader("Set-Cookie", "s=\"a+/b\"; Secure; SameSite=None")
                                .end());

        session.get(site.at("127.0.0.1", "/a"));
        session.get(site.at("127.0.0.1", "/a"));

        assertThat(site.last().header("Cookie")).isEqualTo("s=\"a+/b\"");
    }

    @Test
    void aRedirectToAnotherHostTakesNeitherCookieNorHeaderAlong() {
        site.page(
                "/start",
                r ->
                        r.response()
                                .setStatusCode(302)
                                .putHeader("Set-Cookie", "mine=1")
                                .putHeader("Location", site.at("other.test", "/there"))
                                .end());
        site.html("/there", "");
        Request request =
                Request.get(at("/start"))
                        .header("Authorization", "Bearer secret")
                        .header("X-Token", "secret")
                        .accept("text/plain")
                        .referer(session.get(at("/page?t=secret")).address());

        session.send(request);

        TestSite.Seen there = site.last();
        assertThat(there.header("Host")).startsWith("other.test");
        assertThat(there.headers()).doesNotContainKeys("cookie", "authorization", "x-token");
        assertThat(there.headers()).doesNotContainKey("referer");
        assertThat(there.header("Accept")).isEqualTo("text/plain");
        assertThat(site.seen().get(1).header("Authorization")).isEqualTo("Bearer secret");
    }

    @Test
    void aRedirectIsNotFollowedWhereTheRequestSaysStop() {
        site.redirect("/auth", 302, "https://callback.test/done?code=1");

        Page page = session.send(Request.get(at("/auth")).stopAt("https://callback.test/"));

        assertThat(page.status()).isEqualTo(302);
        assertThat(page.location().map(Object::toString))
                .contains("https://callback.test/done?code=1");
    }

    @Test
    void theCookiesOfOneRunAreThereInTheNext() {
        Iterable<String> set = List.of("a=1", "b=2; Max-Age=3600", "c=3; Max-Age=0");
        site.page("/in", r -> r.response().putHeader("Set-Cookie", set).end());
        session.get(at("/in"));

        HttpSession later = open(session.exportJar(), RequestGate.OPEN);
        later.get(at("/in"));

        assertThat(session.isKept()).isFalse();
        assertThat(later.isKept()).isTrue();
        assertThat(site.last().header("Cookie")).isEqualTo("a=1; b=2");
        later.clear();
        later.get(at("/in"));
        assertThat(site.last().headers()).doesNotContainKey("cookie");
    }

    @Test
    void aStoredPageIsThePageAgain() {
        site.html("/p", "<body data-page=x><form id=f><input name=a value=1></form>");

        Page page = StoredPage.of(session.get(at("/p?q=1"))).toPage();

        assertThat(page.address().toString()).isEqualTo(at("/p?q=1"));
        assertThat(page.attr("body", "data-page")).contains("x");
        assertThat(page.form("#f").value("a")).contains("1");
    }

    @Test
    void jsonIsReadByPointer() {
        site.page(
                "/j",
                r ->
                        r.response()
                                .putHeader("Content-Type", "application/json")
                                .end("{\"a\":[{\"id\":7},{}],\"n\":null}"));

        Page page = session.get(at("/j"));

        assertThat(page.json("/a/0/id")).contains("7");
        assertThat(page.json("/n")).isEmpty();
        assertThat(page.json("/b")).isEmpty();
        assertThat(page.jsonSize("/a")).isEqualTo(2);
        assertThat(page.has("body *")).isFalse();
    }

    @Test
    void ofSeveralAddressesTheFirstThatIsAllowedAndAnswersIsTaken() {
        site.html("/p", "<p id=ok>in</p>");
        HttpSession two = sessions.open(new HostRules(Set.of("two.test")), null, RequestGate.OPEN);

        assertThat(two.get(site.at("two.test", "/p")).text("#ok")).isEqualTo("in");
        assertThat(site.seen()).hasSize(1);
    }

    // --- the gate

    @Test
    void theGateSeesEachRequestOfAChain() {
        site.redirect("/one", 302, "/two");
        site.html("/two", "");
        List<String> asked = new ArrayList<>();

        open(null, (method, address) -> asked.add(method + " " + address.getPath()))
                .post(at("/one"), Map.of());

        assertThat(asked).containsExactly("POST /one", "GET /two");
    }

    @Test
    void whatTheGateRefusesIsNotSent() {
        HttpSession closed =
                open(
                        null,
                        (_, _) -> {
                            throw new RunStopped("lease lost");
                        });

        assertThatThrownBy(() -> closed.get(at("/x"))).isInstanceOf(RunStopped.class);
        assertThat(site.seen()).isEmpty();
    }

    // --- what goes wrong

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /huge            | UNKNOWN_ERROR | The answer of {site}/huge is larger than 100000 bytes.
                    /huge-chunked    | UNKNOWN_ERROR | The answer of {site}/huge-chunked is larger than 100000 bytes.
                    /loop            | UNKNOWN_ERROR | {site}/loop was redirected more than 10 times, at last to {site}/loop.
                    /to-metadata     | UNKNOWN_ERROR | The address http://169.254.169.254/latest is not allowed: the connector talks to [metadata.test, other.test, rebinding.test, site.test].
                    /to-metadata-dns | UNKNOWN_ERROR | The address http://metadata.test/latest is not allowed: 169.254.169.254 is a link-local address.
                    /to-undeclared   | UNKNOWN_ERROR | The address https://evil.test/x is not allowed: the connector talks to [metadata.test, other.test, rebinding.test, site.test].
                    /to-file         | UNKNOWN_ERROR | A redirect from {site}/to-file leads to no http address.
                    /carries-form    | UNKNOWN_ERROR | A redirect (307) from {site}/carries-form would carry what was sent there to {other}/x.
                    /down            | VENDOR_DOWN   | {site}/down answered with status 503.
                    /broken          | VENDOR_DOWN   | {site}/broken broke the connection off.
                    /slow            | VENDOR_DOWN   | {site}/slow did not answer within 4000 ms.
                    /drips           | VENDOR_DOWN   | {site}/drips did not answer within 4000 ms.
                    """)
    void eachMisbehaviourIsNamed(String path, Reason reason, String detail) {
        misbehave();

        ConnectorFailure failure =
                catchThrowableOfType(
                        ConnectorFailure.class,
                        () -> session.post(at(path + "?token=secret"), Map.of("pw", "secret")));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.detail())
                .isEqualTo(
                        detail.replace("{site}", at(""))
                                .replace("{other}", site.at("other.test", "")));
        assertThat(failure.toString()).doesNotContain("secret");
    }

    private void misbehave() {
        site.page("/huge", r -> r.response().end(Buffer.buffer(new byte[50 * 1024 * 1024])));
        site.page("/huge-chunked", r -> pour(r, 64 * 1024));
        site.redirect("/loop", 302, "/loop?secret");
        site.redirect("/to-metadata", 302, "http://169.254.169.254/latest?secret");
        site.redirect("/to-metadata-dns", 302, "http://metadata.test/latest");
        site.redirect("/to-undeclared", 302, "https://evil.test/x?secret");
        site.redirect("/to-file", 302, "file:///etc/passwd");
        site.redirect("/carries-form", 307, site.at("other.test", "/x?secret"));
        site.page("/down", r -> r.response().setStatusCode(503).end("secret"));
        site.page("/broken", r -> r.connection().close());
        site.page("/slow", _ -> {});
        site.page("/drips", r -> pour(r, 1));
    }

    private static void pour(HttpServerRequest request, int bytes) {
        HttpServerResponse response = request.response().setChunked(true);
        long timer = vertx.setPeriodic(10, _ -> response.write(Buffer.buffer(new byte[bytes])));
        request.connection().closeHandler(_ -> vertx.cancelTimer(timer));
    }

    @ParameterizedTest
    @CsvSource({"http://site.test:1/, VENDOR_DOWN, http://site.test:1/ cannot be reached."})
    void aSiteThatIsNotThereIsDown(String address, Reason reason, String detail) {
        ConnectorFailure failure =
                catchThrowableOfType(ConnectorFailure.class, () -> session.get(address));

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.detail()).isEqualTo(detail);
    }

    @Test
    void aHostThatNobodyKnowsIsDown() {
        HttpSession any = sessions.open(new HostRules(Set.of("*.test")), null, RequestGate.OPEN);

        ConnectorFailure failure =
                catchThrowableOfType(ConnectorFailure.class, () -> any.get("http://nobody.test/"));

        assertThat(failure.reason()).isEqualTo(Reason.VENDOR_DOWN);
        assertThat(failure.detail()).isEqualTo("The host nobody.test cannot be found.");
    }

    @ParameterizedTest
    @CsvSource({"site.test", "not a url", "ftp://site.test/", "https:///x", "''"})
    void whatIsNoAddressIsRefused(String address) {
        ConnectorFailure failure =
                catchThrowableOfType(ConnectorFailure.class, () -> session.get(address));

        assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_ERROR);
        assertThat(failure.detail()).isEqualTo("An address is not of the form https://host/path.");
    }

    @Test
    void plainHttpAndPrivateAddressesAreRefusedUnlessAllowed() {
        try (VertxSessions strict = sessions(LIMITS, NetworkRules.STRICT)) {
            HttpSession closed =
                    strict.open(new HostRules(Set.of("site.test")), null, RequestGate.OPEN);

            assertThatThrownBy(() -> closed.get("http://site.test/"))
                    .hasMessage("The address http://site.test/ is not allowed: only https is.");
            assertThatThrownBy(() -> closed.get("https://site.test/"))
                    .hasMessage(
                            "The address https://site.test/ is not allowed: 127.0.0.1 is a loopback"
                                    + " address.");
        }
    }

    @Test
    void aNameThatNowMeansAPrivateAddressIsRefusedAtTheRedirect() {
        site.redirect("/start", 302, "/again");
        site.html("/again", "");

        assertThatThrownBy(() -> session.get(site.at("rebinding.test", "/start")))
                .hasMessage(
                        "The address "
                                + site.at("rebinding.test", "/again")
                                + " is not allowed: 10.0.0.1 is a private address.");
        assertThat(site.seen()).hasSize(1);
    }

    @Test
    void theRestOfAnAnswerThatIsTooLargeIsNotRead() throws Exception {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        site.page(
                "/endless",
                r -> {
                    pour(r, 64 * 1024);
                    r.response().closeHandler(_ -> closed.complete(null));
                });

        assertThatThrownBy(() -> session.get(at("/endless")))
                .hasMessage("The answer of " + at("/endless") + " is larger than 100000 bytes.");
        closed.get(5, TimeUnit.SECONDS);
    }

    @Test
    void aFormThatIsNotThereIsNamed() {
        site.html("/empty", "<p>come back later</p>");

        assertThatThrownBy(() -> session.get(at("/empty?t=secret")).form("#sign-in"))
                .isInstanceOf(ConnectorFailure.class)
                .hasMessage(
                        "There is no form #sign-in on the page " + at("/empty") + " (status 200).");
    }

    @Test
    void whatIsNotJsonIsNamedWithoutBeingQuoted() {
        site.html("/page", "{secret");

        assertThatThrownBy(() -> session.get(at("/page")).json("/a"))
                .hasMessage(
                        "The answer of " + at("/page") + " (status 200, text/html) is not JSON.");
    }

    @Test
    void anInterruptedRunStopsAtOnce() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        site.page("/slow", _ -> arrived.countDown());
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread run =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        session.get(at("/slow"));
                                    } catch (RunStopped e) {
                                        thrown.set(e);
                                    }
                                });
        assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();

        run.interrupt();

        assertThat(run.join(Duration.ofSeconds(5))).isTrue();
        assertThat(thrown.get()).isInstanceOf(RunStopped.class);
    }

    @Test
    void aThousandRequestsFromVirtualThreadsAreAllAnswered() throws Exception {
        sessions.close();
        sessions = sessions(HttpLimits.DEFAULT, LOCAL);
        site.page("/n", r -> r.response().end(String.valueOf(r.getParam("n"))));
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int n = 0; n < 1000; n++) {
            String path = "/n?n=" + n;
            CompletableFuture<String> answer = new CompletableFuture<>();
            answers.add(answer);
            Thread.startVirtualThread(
                    () -> {
                        try {
                            answer.complete(open(null, RequestGate.OPEN).get(at(path)).body());
                        } catch (RuntimeException e) {
                            answer.completeExceptionally(e);
                        }
                    });
        }

        for (int n = 0; n < 1000; n++) {
            assertThat(answers.get(n).get(30, TimeUnit.SECONDS)).isEqualTo(String.valueOf(n));
        }
    }
}
