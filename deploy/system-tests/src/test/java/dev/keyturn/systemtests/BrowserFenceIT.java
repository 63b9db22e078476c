package dev.keyturn.systemtests;

import static dev.keyturn.systemtests.Patience.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.keyturn.local.api.Run;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a browser keeps apart, and what its tabs share. */
@InTheWorld
class BrowserFenceIT {

    /** Starts a run as a page can: as JSON, and as the one thing that needs no permission. */
    private static final String START_RUN =
            """
            async ([home, account]) => {
              const start = (type, mode) =>
                fetch(home + '/api/accounts/' + account + '/runs', {
                  method: 'POST', credentials: 'include', mode,
                  headers: { 'Content-Type': type }, body: '{"trigger":"MANUAL"}',
                }).then(r => r.type === 'opaque' ? 'sent' : String(r.status), () => 'refused');
              const plain = await start('text/plain', 'no-cors');
              return [plain, await start('application/json', 'cors')].join(' ');
            }\
            """;

    private static World world;

    @BeforeAll
    static void start() {
        world = World.withoutKeycloak();
    }

    @Test
    void pageOfTheSandboxSiteCannotStartARun() {
        Person person = world.person("fenced");
        UUID account = person.addSandbox("emil-21");
        List<String> target = List.of(world.stackSettings().homeUrl(), account.toString());
        // Without its own content security policy the site can try whatever a hostile one can.
        try (BrowserContext browser = world.chromium().newPersonWithoutPolicies()) {
            HomePage home = HomePage.signIn(browser, person.loginLink());
            HomePage hostile = home.newTab(world.sandboxSite().address());
            assertThat(hostile.run(START_RUN, target)).isEqualTo("refused refused");
            assertThat(home.run(START_RUN, target))
                    .as("Home's own page may, by the same request as JSON")
                    .isEqualTo("403 202");
        }
        UUID own =
                awaiting("Home's run")
                        .until(() -> person.home().runs(2), r -> !r.isEmpty())
                        .getFirst()
                        .id();
        person.end(own);
        assertThat(person.home().runs(2)).extracting(Run::id).containsExactly(own);
    }

    @Test
    void homesCookieIsForHomeAlone() {
        Person person = world.person("cookie");
        try (BrowserContext browser = world.chromium().newPerson()) {
            HomePage home = HomePage.signIn(browser, person.loginLink());
            assertThat(browser.cookies()).hasSize(1);
            Cookie cookie = browser.cookies().getFirst();
            assertThat(cookie.name)
                    .as("cookies know no ports, so the name has it")
                    .isEqualTo("keyturn_" + world.stackSettings().ports().home());
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
            assertThat(home.run("() => document.cookie", null)).isEqualTo("");
            HomePage site = home.newTab(world.sandboxSite().address());
            assertThat(site.cookiesSent()).doesNotContain(cookie.name);
        }
    }

    @Test
    void tenTabsShareOneStreamAndTheLastOneAnswers() {
        Person person = world.person("ten");
        try (BrowserContext browser = world.chromium().newPerson()) {
            OpenStreams streams = new OpenStreams(browser);
            HomePage first = HomePage.signIn(browser, person.loginLink());
            HomePage last = first;
            for (int tab = 2; tab <= 10; tab++) {
                last = first.newTab();
                last.awaitSignedIn();
            }
            UUID run = person.run(person.addSandbox("ada-22"));
            last.awaitPopup();
            first.awaitPopup();
            assertThat(browser.pages()).hasSize(10);
            assertThat(streams.most).as("streams open at once").isEqualTo(1);
            last.answer(world.sandboxSite().code("ada-22"));
            first.awaitNoPopup();
            assertThat(person.end(run).state()).isEqualTo("DONE");
            first.awaitStatus("ada-22", "CONNECTED");
            last.awaitStatus("ada-22", "CONNECTED");
            assertThat(streams.most).as("streams open at once").isEqualTo(1);
        }
    }

    /** Counts the live streams of a browser; one that begins anew has ended before. */
    private static final class OpenStreams {
        private int open;
        private int most;

        OpenStreams(BrowserContext browser) {
            browser.onRequest(request -> count(request, 1));
            browser.onRequestFinished(request -> count(request, -1));
            browser.onRequestFailed(request -> count(request, -1));
        }

        private void count(Request request, int more) {
            if (request.url().endsWith("/api/stream")) {
                open += more;
                most = Math.max(most, open);
            }
        }
    }
}
