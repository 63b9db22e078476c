package dev.keyturn.systemtests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The real browser, for the thread that started it; the test that asks for it is skipped where
 * there is none.
 */
final class Chromium implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        Optional<Path> program = find();
        assumeTrue(program.isPresent(), "no browser: set CHROMIUM to a Chromium");
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(program.get())
                                        .setTimeout(2 * Patience.LONG_MILLIS)
                                        .setArgs(
                                                List.of(
                                                        "--disable-background-networking",
                                                        "--disable-component-update",
                                                        "--disable-sync"))
                                        .setHeadless(true)));
    }

    /** A browser of a person of his own: cookies, tabs and all. */
    BrowserContext newPerson() {
        return context(new Browser.NewContextOptions());
    }

    /** The same, where no page's content security policy holds: for pages that play the villain. */
    BrowserContext newPersonWithoutPolicies() {
        return context(new Browser.NewContextOptions().setBypassCSP(true));
    }

    private BrowserContext context(Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options.setLocale("en-GB"));
        context.setDefaultTimeout(Patience.LONG_MILLIS);
        return context;
    }

    private static Optional<Path> find() {
        String named = Objects.requireNonNullElse(System.getenv("CHROMIUM"), "");
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        Stream<Path> onPath =
                Stream.of(path.split(":", -1))
                        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return Stream.concat(named.isBlank() ? Stream.empty() : Stream.of(Path.of(named)), onPath)
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
