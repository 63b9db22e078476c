package dev.keyturn.sandbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.sandbox.users.Users;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpdf.text.pdf.PdfReader;

@QuarkusTest
@TestProfile(SiteTest.NotSoSlow.class)
class SiteTest {
    /** As the site is, but that nobody waits 20 s in a test. */
    public static final class NotSoSlow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("keyturn.sandbox.slow", "500MS");
        }
    }

    private static final String WRONG = "no";

    @TestHTTPResource String site = "";

    @TestHTTPResource(value = "/health/ready", management = true)
    String ready = "";

    private Browser browser = new Browser("");

    @BeforeEach
    void fresh() {
        browser = new Browser(site);
        browser.post("/test/reset", Map.of());
    }

    @Test
    void homeListsAllWhoCanSignIn() {
        var home = browser.get("/");

        assertThat(home.name()).isEqualTo("home");
        assertThat(home.html().select("dt").eachText())
                .contains("ada", "ben", "cleo", "emil", "nora", "trap-50mb", "trap-loop")
                .contains(
                        "trap-noform",
                        "trap-500",
                        "trap-slow",
                        "trap-text",
                        "trap-redirect",
                        "quiet-ok",
                        "quiet-fail");
        assertThat(home.html().text()).contains(Users.PASSWORD, "ada-1 to ada-99999");
    }

    @ParameterizedTest
    @CsvSource({
        "/, 200, home",
        "/sign-in, 200, sign-in",
        "/phone, 200, phone",
        "/no-such-page, 404, error"
    })
    void pageSaysThatItIsATestAndAllowsNoInlineScript(String path, int status, String name) {
        var page = browser.get(path);

        assertThat(page.status()).isEqualTo(status);
        assertThat(page.name()).isEqualTo(name);
        assertThat(page.one(".test-site").text()).startsWith("This is a test site.");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.has("script:not([src]), style, [style], [onclick]")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/site.css, text/css", "/phone.js, text/javascript"})
    void styleAndScriptAreServed(String path, String type) {
        assertThat(browser.get(path).header("Content-Type")).startsWith(type);
    }

    @ParameterizedTest
    @CsvSource({
        "/statements, /sign-in",
        "/statements/2026-01.pdf, /sign-in?next=%2Fstatements%2F2026-01.pdf",
        "/verify, /sign-in",
        "/code, /sign-in",
        "/change-password, /sign-in",
    })
    void whoIsSignedOutIsSentToTheSignInPage(String path, String to) {
        var page = browser.get(path);

        assertThat(page.status()).isEqualTo(302);
        assertThat(page.location()).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource({"ada, wrong", "nobody, sandbox", "'', ''", "'<script>x', wrong"})
    void wrongPasswordBringsTheFormBack(String login, String password) {
        var page = browser.signIn(login, password);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.name()).isEqualTo("sign-in");
        assertThat(page.error()).isEqualTo("Wrong login or password.");
        assertThat(page.one("input[name=login]").attr("value")).isEqualTo(login);
        assertThat(page.has("script")).isFalse();
    }

    @Test
    void passwordAloneSignsInWhoNeedsNoCode() {
        var page = browser.signIn("emil");

        assertThat(page.status()).isEqualTo(302);
        assertThat(page.location()).isEqualTo("/statements");
        assertThat(browser.get("/statements").html().select(".login").text()).isEqualTo("emil");
    }

    @ParameterizedTest
    @CsvSource({"ada, SMS, ••42", "ben, EMAIL, b…@example.org"})
    void messageIsSentOnlyWhenAskedForAndItsCodeSignsIn(
            String login, String type, String destination) {
        assertThat(browser.signIn(login).location()).isEqualTo("/verify");
        var verify = browser.get("/verify");
        assertThat(verify.name()).isEqualTo("verify");
        assertThat(verify.one("form#send").attr("data-type")).isEqualTo(type);
        assertThat(verify.one(".destination").text()).isEqualTo(destination);
        assertThat(browser.messages(login)).isEmpty();

        assertThat(browser.submit(verify, "form#send", Map.of()).location()).isEqualTo("/code");
        var code = browser.get("/code");
        assertThat(code.name()).isEqualTo("code");
        assertThat(code.one("form#code").attr("data-type")).isEqualTo(type);
        assertThat(code.one("form#code").attr("data-digits")).isEqualTo("6");
        assertThat(code.one("form#code input[name=code]").attr("autocomplete"))
                .isEqualTo("one-time-code");
        assertThat(code.one(".destination").text()).isEqualTo(destination);
        assertThat(browser.messages(login)).singleElement().satisfies(SiteTest::isFresh);
        assertThat(browser.messages(login).getFirst().getString("type")).isEqualTo(type);

        var in = browser.type(" " + browser.newestCode(login) + " ");
        assertThat(in.status()).isEqualTo(302);
        assertThat(in.location()).isEqualTo("/statements");
        assertThat(browser.messages(login).getFirst().getBoolean("used")).isTrue();
    }

    @Test
    void pageOfTheCodeMayBeLoadedAgainAndSendsNothing() {
        browser.askForCode("ada");
        browser.get("/code");

        assertThat(browser.get("/verify").location()).isEqualTo("/code");
        assertThat(browser.messages("ada")).hasSize(1);
    }

    @Test
    void authenticatorCodeSignsInOnce() {
        assertThat(browser.signIn("cleo").location()).isEqualTo("/code");
        var page = browser.get("/code");
        assertThat(page.one("form#code").attr("data-type")).isEqualTo("APP_CODE");
        assertThat(page.has("form#resend")).isFalse();
        var shown = browser.messages("cleo").getFirst();
        isFresh(shown);

        assertThat(browser.type(shown.getString("code")).location()).isEqualTo("/statements");
        browser.signIn("cleo");
        assertThat(browser.type(shown.getString("code")).error())
                .isEqualTo("This code is not right.");
    }

    @Test
    void authenticatorCodeThatWasUsedIsSaidToBeUntilTheNext() {
        browser.signIn("cleo");
        var shown = browser.messages("cleo").getFirst();
        browser.type(shown.getString("code"));
        // The step may end between any two of these lines: what is said of this code counts.
        assertThat(browser.messages("cleo"))
                .filteredOn(entry -> entry.getString("id").equals(shown.getString("id")))
                .allSatisfy(entry -> assertThat(entry.getBoolean("used")).isTrue());

        browser.forward("PT30S");
        isFresh(browser.messages("cleo").getFirst());
    }

    @Test
    void wrongCodeMayBeCorrected() {
        browser.askForCode("ada");

        var again = browser.type(WRONG);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.name()).isEqualTo("code");
        assertThat(again.error()).isEqualTo("This code is not right.");
        assertThat(
                        browser.submit(
                                        again,
                                        "form#code",
                                        Map.of("code", browser.newestCode("ada")))
                                .location())
                .isEqualTo("/statements");
    }

    @Test
    void fifthWrongCodeLocksUntilTheMinuteIsOver() {
        browser.askForCode("ada");
        for (int i = 0; i < 4; i++) {
            browser.type(WRONG);
        }
        var locked = browser.type(WRONG);

        assertThat(locked.status()).isEqualTo(200);
        assertThat(locked.name()).isEqualTo("locked");
        assertThat(locked.error()).contains("60 seconds");
        var lock = browser.log("ada").getLast();
        assertThat(lock.getString("kind")).isEqualTo("LOCK");
        assertThat(Instant.parse(locked.one("[data-until]").attr("data-until")))
                .isEqualTo(Instant.parse(lock.getString("at")).plusSeconds(60));
        assertThat(browser.get("/code").name()).isEqualTo("locked");
        assertThat(new Browser(site).signIn("ada").name()).isEqualTo("locked");

        browser.forward("PT60S");
        assertThat(browser.get("/code").location()).isEqualTo("/sign-in");
        assertThat(browser.signIn("ada").location()).isEqualTo("/verify");
    }

    @Test
    void codeThatIsTooOldHasExpired() {
        browser.askForCode("ada");
        browser.forward("PT5M");

        assertThat(browser.messages("ada").getFirst().getBoolean("expired")).isTrue();
        assertThat(browser.type(browser.newestCode("ada")).error())
                .isEqualTo("This code has expired.");
    }

    @Test
    void anotherCodeIsSentAfterSomeSeconds() {
        var code = browser.askForCode("ada");
        var first = browser.newestCode("ada");
        var sent = Instant.parse(browser.messages("ada").getFirst().getString("at"));
        assertThat(Instant.parse(code.one("form#resend").attr("data-resend-from")))
                .isEqualTo(sent.plusSeconds(10));
        var tooSoon = browser.submit(code, "form#resend", Map.of());
        assertThat(tooSoon.name()).isEqualTo("code");
        assertThat(tooSoon.error()).startsWith("Please wait ");

        browser.forward("PT10S");
        assertThat(browser.submit(code, "form#resend", Map.of()).location()).isEqualTo("/code");
        assertThat(browser.messages("ada"))
                .extracting(message -> message.getBoolean("expired"))
                .containsExactly(false, true);
        if (!first.equals(browser.newestCode("ada"))) {
            assertThat(browser.type(first).error()).isEqualTo("This code is not right.");
        }
        assertThat(browser.type(browser.newestCode("ada")).location()).isEqualTo("/statements");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/verify", "/code", "/code/resend"})
    void formOfAnotherBrowserIsRefused(String path) {
        browser.askForCode("ada");
        var other = new Browser(site);
        var token = other.get("/sign-in").one("input[name=csrf]").attr("value");

        for (var fields : List.of(Map.<String, String>of(), Map.of("csrf", token))) {
            var refused = browser.post(path, fields);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.name()).isEqualTo("error");
        }
        browser.forget("sandbox_visit");
        assertThat(browser.post(path, Map.of("csrf", token)).status()).isEqualTo(403);
        assertThat(browser.messages("ada")).hasSize(1);
    }

    @Test
    void sessionLastsThirtyDaysAndNoScriptReadsIt() {
        var signedIn = browser.signIn("emil");
        assertThat(signedIn.response().headers().allValues("Set-Cookie"))
                .anySatisfy(
                        cookie ->
                                assertThat(cookie)
                                        .startsWith("sandbox_session=")
                                        .contains("Max-Age=2592000", "HTTPOnly", "SameSite=Lax")
                                        .contains("Path=/"));
        browser.forward("P29DT23H");
        assertThat(browser.get("/statements").status()).isEqualTo(200);
        browser.forward("PT1H");
        assertThat(browser.get("/statements").location()).isEqualTo("/sign-in");
    }

    @Test
    void signOutEndsTheSessionOnTheSiteToo() {
        browser.signIn("emil");
        var token = browser.cookie("sandbox_session").getValue();
        assertThat(browser.get("/sign-out").location()).isEqualTo("/sign-in");

        assertThat(statementsWith(token)).isEqualTo(302);
    }

    @Test
    void sessionsOfAUserCanBeEndedForATest() {
        browser.signIn("emil");
        browser.post("/test/end-sessions?user=emil-1", Map.of());
        assertThat(browser.get("/statements").status()).isEqualTo(200);
        browser.post("/test/end-sessions?user=emil", Map.of());
        assertThat(browser.get("/statements").location()).isEqualTo("/sign-in");
    }

    @ParameterizedTest
    @CsvSource({
        "/statements/2026-02.pdf, /statements/2026-02.pdf",
        "/, /",
        "//example.org, /statements",
        "/\\example.org, /statements",
        "https://example.org/, /statements",
        "'', /statements",
        "'/a b', /statements",
    })
    void nextIsAPageOfThisSite(String next, String to) {
        var form = browser.get("/sign-in");
        var fields = Map.of("login", "emil", "password", "sandbox", "next", next);

        assertThat(browser.submit(form, "form#sign-in", fields).location()).isEqualTo(to);
    }

    @Test
    void statementsArePdfs() throws IOException {
        browser.signIn("emil");
        var links = browser.get("/statements").html().select("a.statement");
        assertThat(links.eachAttr("href"))
                .containsExactly(
                        "/statements/2026-01.pdf",
                        "/statements/2026-02.pdf",
                        "/statements/2026-03.pdf");
        assertThat(links.eachAttr("data-name")).contains("Statement of January 2026");

        for (var href : links.eachAttr("href")) {
            var pdf = browser.get(href, BodyHandlers.ofByteArray());
            assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
            try (var reader = new PdfReader(pdf.body())) {
                assertThat(reader.getNumberOfPages()).isEqualTo(1);
            }
        }
        assertThat(browser.get("/statements/2026-04.pdf").status()).isEqualTo(404);
        assertThat(browser.get("/statements/..%2f..%2fetc").status()).isEqualTo(404);
    }

    @Test
    void passwordThatIsTooOldMustBeChanged() {
        assertThat(browser.signIn("nora").location()).isEqualTo("/change-password");
        var page = browser.get("/change-password");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.name()).isEqualTo("change-password");
        assertThat(browser.get("/statements").location()).isEqualTo("/sign-in");
    }

    @Test
    void trapOfFiftyMegabytesStreamsThem() throws IOException {
        browser.signIn("trap-50mb");
        var answer = browser.get("/statements", BodyHandlers.ofInputStream());

        assertThat(answer.statusCode()).isEqualTo(200);
        try (var body = answer.body()) {
            assertThat(size(body)).isGreaterThanOrEqualTo(50L * 1024 * 1024);
        }
    }

    @Test
    void siteGoesOnWhenTheVisitorLeavesInTheMiddle() throws IOException {
        browser.signIn("trap-50mb");
        for (int i = 0; i < 20; i++) {
            var body = browser.get("/statements", BodyHandlers.ofInputStream()).body();
            assertThat(body.read()).isEqualTo('<');
            body.close();
        }

        assertThat(new Browser(site).signIn("emil").location()).isEqualTo("/statements");
    }

    @Test
    void trapOfRedirectsGoesOnForEver() {
        browser.signIn("trap-loop");
        var seen = new HashSet<String>();
        var at = "/statements";
        for (int turn = 0; turn < 50; turn++) {
            at = browser.get(at).location();
            assertThat(seen.add(at)).as(at).isTrue();
        }
    }

    @Test
    void trapWithoutFormHasNone() {
        var page = browser.signIn("trap-noform");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.name()).isEqualTo("sign-in");
        assertThat(page.has("form")).isFalse();
    }

    @Test
    void trapOfTheServersErrorIsOne() {
        assertThat(browser.signIn("trap-500").status()).isEqualTo(500);
        assertThat(browser.get("/statements").location()).isEqualTo("/sign-in");
    }

    @Test
    void trapOfTheForbiddenRedirectLeadsThereAndSignsNobodyIn() {
        assertThat(browser.signIn("trap-redirect").location())
                .isEqualTo("http://169.254.169.254/latest/meta-data");
        assertThat(browser.get("/statements").location()).isEqualTo("/sign-in");
    }

    @Test
    void trapOfSlownessHoldsNobodyElseUp() throws Exception {
        browser.signIn("trap-slow");
        var waiting = IntStream.range(0, 100).<Callable<Integer>>mapToObj(_ -> this::slowly);
        var start = System.nanoTime();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : executor.invokeAll(waiting.toList())) {
                assertThat(answer.get()).isEqualTo(200);
            }
        }

        // One after another on a handful of threads they would take 50 s and more.
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(10));
    }

    @Test
    void quietFailWaitsAndHasToSignInAgain() {
        browser.signIn("quiet-fail");
        var start = System.nanoTime();

        assertThat(browser.get("/statements").location()).isEqualTo("/sign-in");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(400));
        assertThat(browser.get("/statements/none.pdf").location()).startsWith("/sign-in");
    }

    @Test
    void trapOfTextsIsEscapedAndMeansWhatItSays() {
        browser.signIn("trap-text");
        var verify = browser.get("/verify");
        browser.submit(verify, "form#send", Map.of());
        var wrong = browser.type(WRONG);
        browser.type(browser.newestCode("trap-text"));
        var statements = browser.get("/statements");

        assertThat(wrong.error()).contains("This code is not right.");
        assertThat(verify.one(".destination").wholeText()).contains("••42", "\u202e", "\u001b[31m");
        assertThat(wrong.one(".prompt").wholeText()).contains("<script>", "\u001b[2J");
        assertThat(statements.one("a.statement").attr("data-name"))
                .contains("../../etc/passwd", "<script>", "Statement of January 2026", "\u0007");
        for (var page : List.of(verify, wrong, statements)) {
            assertThat(page.has("script, main b")).isFalse();
        }
    }

    @Test
    void phoneHasATabForEachUserAndTheSecondsOfTheApp() {
        browser.askForCode("ada-7");

        assertThat(browser.get("/phone").html().select(".tabs a").eachText())
                .contains("ada", "ben", "cleo", "ada-7");
        var ada = browser.get("/phone?user=ada-7");
        assertThat(ada.one(".tabs a[aria-current]").text()).isEqualTo("ada-7");
        assertThat(ada.one(".message .code").text()).isEqualTo(browser.newestCode("ada-7"));
        var cleo = browser.get("/phone?user=cleo-3");
        assertThat(Integer.parseInt(cleo.one(".seconds").text())).isBetween(1, 30);
        assertThat(browser.get("/phone?user=%3Cb%3Ex").has("main b")).isFalse();
    }

    @Test
    void phoneTellsTheNewestMessageFirst() {
        new Browser(site).askForCode("ada");
        browser.forward("PT1S");
        new Browser(site).askForCode("ada");
        browser.forward("PT1S");
        new Browser(site).askForCode("ben");

        assertThat(browser.messages("ada"))
                .extracting(message -> message.getString("at"))
                .hasSize(2)
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(browser.objects("/phone/messages"))
                .extracting(message -> message.getString("user"))
                .containsExactly("cleo", "ben", "ada", "ada");
        assertThat(browser.messages("nobody")).isEmpty();
    }

    @Test
    void logTellsWhatCameAndWhatWasSent() {
        browser.askForCode("ada");
        browser.type(WRONG);
        browser.type(browser.newestCode("ada"));
        browser.get("/statements");
        browser.get("/sign-out");
        new Browser(site).signIn("ben", "wrong");

        assertThat(browser.log("ada"))
                .extracting(entry -> entry.getString("kind") + " " + entry.getBoolean("ok"))
                .containsExactly(
                        "SIGN_IN true",
                        "PAGE true",
                        "MESSAGE true",
                        "PAGE true",
                        "PAGE true",
                        "CODE false",
                        "PAGE true",
                        "CODE true",
                        "PAGE true",
                        "SIGN_OUT true");
        assertThat(browser.log("ada"))
                .extracting(entry -> entry.getString("detail"))
                .contains(WRONG, "GET /statements 200");
        assertThat(browser.log("ben")).extracting(e -> e.getBoolean("ok")).containsExactly(false);
        assertThat(browser.objects("/log").size()).isGreaterThan(11);
    }

    @Test
    void whoLooksAtThePhoneIsNotInTheLog() {
        browser.signIn("emil");
        var before = browser.objects("/log").size();
        browser.get("/phone");
        browser.get("/phone/messages");

        assertThat(browser.objects("/log")).hasSize(before);
    }

    @Test
    void siteThatIsDownAnswers503AndItsLogStillWorks() {
        assertThat(browser.post("/test/site-down?on=true", Map.of()).status()).isEqualTo(204);
        for (var path : List.of("/", "/sign-in", "/statements", "/code", "/nix")) {
            assertThat(browser.get(path).status()).as(path).isEqualTo(503);
            assertThat(browser.get(path).name()).as(path).isEqualTo("error");
        }
        assertThat(browser.post("/sign-in", Map.of()).status()).isEqualTo(503);
        for (var path : List.of("/log", "/phone", "/phone/messages")) {
            assertThat(browser.get(path).status()).as(path).isEqualTo(200);
        }

        browser.post("/test/site-down?on=false", Map.of());
        assertThat(browser.get("/sign-in").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/test/site-down",
                "/test/site-down?on=maybe",
                "/test/clock",
                "/test/clock?forward=1",
                "/test/clock?forward=-PT1S",
                "/test/clock?forward=P401D",
                "/test/end-sessions"
            })
    void switchSaysWhatItWanted(String path) {
        var answer = browser.post(path, Map.of());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.response().body()).contains("must");
    }

    @Test
    void formThatIsTooLargeIsRefused() {
        var form = browser.get("/sign-in");
        var login = Map.of("login", "x".repeat(100_000));

        assertThat(browser.submit(form, "form#sign-in", login).status()).isBetween(400, 413);
        assertThat(browser.signIn("emil").location()).isEqualTo("/statements");
    }

    @Test
    void manySignInsAtOnceEachGetTheirOwnCode() throws Exception {
        var people = IntStream.rangeClosed(1, 300).<Callable<String>>mapToObj(i -> () -> all(i));
        try (var executor = Executors.newFixedThreadPool(50)) {
            for (var location : executor.invokeAll(people.toList())) {
                assertThat(location.get()).isEqualTo("/statements");
            }
        }
    }

    @Test
    void healthIsOnAPortOfItsOwn() {
        assertThat(browser.get("/q/health/ready").status()).isEqualTo(404);
        assertThat(new Browser(ready).get("").status()).isEqualTo(200);
    }

    private int slowly() {
        var other = new Browser(site);
        other.signIn("trap-slow");
        return other.get("/statements").status();
    }

    private String all(int number) {
        var other = new Browser(site);
        var login = "ada-" + number;
        other.askForCode(login);
        return other.type(other.newestCode(login)).location();
    }

    private int statementsWith(String token) {
        var other = new Browser(site);
        return other.getWith("/statements", "sandbox_session=" + token).status();
    }

    private static long size(InputStream body) throws IOException {
        return body.transferTo(OutputStream.nullOutputStream());
    }

    private static void isFresh(JsonObject message) {
        assertThat(message.getString("code")).matches("[0-9]{6}");
        assertThat(message.getString("text")).contains(message.getString("code"));
        assertThat(message.getBoolean("used")).isFalse();
        assertThat(message.getBoolean("expired")).isFalse();
        assertThat(Instant.parse(message.getString("expiresAt")))
                .isAfter(Instant.parse(message.getString("at")));
    }
}
