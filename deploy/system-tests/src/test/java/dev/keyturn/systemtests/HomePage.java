package dev.keyturn.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Home in a tab of a real browser, as a person uses it. */
final class HomePage {

    private static final LocatorAssertions.HasAttributeOptions PATIENT =
            new LocatorAssertions.HasAttributeOptions().setTimeout(Patience.LONG_MILLIS);

    private final Page tab;

    private HomePage(Page tab) {
        this.tab = tab;
    }

    /** Signs in by a link. */
    static HomePage signIn(BrowserContext browser, String link) {
        HomePage home = new HomePage(browser.newPage());
        home.tab.navigate(link);
        home.awaitSignedIn();
        return home;
    }

    /** What only somebody who is signed in sees. */
    void awaitSignedIn() {
        assertThat(control("Add account"))
                .isVisible(
                        new LocatorAssertions.IsVisibleOptions().setTimeout(Patience.LONG_MILLIS));
    }

    /** What a script on this page gets. */
    @Nullable Object run(String script, @Nullable Object argument) {
        return tab.evaluate(script, argument);
    }

    /** Another tab of a browser that is signed in. */
    HomePage newTab() {
        return newTab(tab.url());
    }

    /** A tab of the same browser that shows something else. */
    HomePage newTab(String address) {
        Page other = tab.context().newPage();
        other.navigate(address);
        return new HomePage(other);
    }

    void reload() {
        tab.reload();
    }

    void signOut() {
        control("Sign out").click();
        assertThat(control("Add account"))
                .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(Patience.LONG_MILLIS));
    }

    /** The names and values of the cookies that the server of this page got. */
    String cookiesSent() {
        Response answer = Objects.requireNonNull(tab.reload());
        return answer.request().allHeaders().getOrDefault("cookie", "");
    }

    /** Fills the form of a connector and sends it, which signs in. */
    void addAccount(String connector, Map<String, String> valuesByLabel) {
        control("Add account").click();
        tab.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName(Pattern.compile(connector)))
                .first()
                .click();
        valuesByLabel.forEach(this::fill);
        control("Add and sign in").click();
    }

    /** Enters other credentials and signs in with them. */
    void correctCredentials(String label, Map<String, String> valuesByLabel) {
        account(label).getByRole(AriaRole.LINK, named("Correct credentials")).click();
        valuesByLabel.forEach(this::fill);
        control("Save and sign in").click();
    }

    void runNow(String label) {
        account(label)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions()
                                .setName(Pattern.compile("Run now|Start again")))
                .click();
    }

    Locator account(String label) {
        return tab.getByTestId("account-" + label);
    }

    void awaitStatus(String label, String status) {
        assertThat(account(label)).hasAttribute("data-status", status, PATIENT);
    }

    /** Waits until the page says {@code lost} or {@code live} of its connection. */
    void awaitConnection(String state) {
        assertThat(tab.getByTestId("connection")).hasAttribute("data-state", state, PATIENT);
    }

    Locator popup() {
        return tab.getByRole(AriaRole.DIALOG).and(tab.getByTestId("challenge"));
    }

    void awaitPopup() {
        assertThat(popup())
                .isVisible(
                        new LocatorAssertions.IsVisibleOptions().setTimeout(Patience.LONG_MILLIS));
    }

    void awaitNoPopup() {
        assertThat(popup())
                .isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(Patience.LONG_MILLIS));
    }

    void awaitMessage(String text) {
        awaitMessage(text, Patience.LONG);
    }

    void awaitMessage(String text, Duration atMost) {
        assertThat(popup().getByText(text))
                .isVisible(
                        new LocatorAssertions.IsVisibleOptions()
                                .setTimeout((double) atMost.toMillis()));
    }

    /** Types a code and presses Validate. */
    void answer(String code) {
        tab.getByTestId("code").fill(code);
        popup().getByRole(AriaRole.BUTTON, named("Validate")).click();
    }

    /** Presses a button of the popup, as soon as it can be pressed. */
    void press(String button) {
        popup().getByRole(AriaRole.BUTTON, named(button)).click();
    }

    /** What is said beside an account's status. */
    void awaitSaid(String label, String words) {
        assertThat(account(label).getByText(words))
                .isVisible(
                        new LocatorAssertions.IsVisibleOptions().setTimeout(Patience.LONG_MILLIS));
    }

    void cancel() {
        popup().getByRole(AriaRole.BUTTON, named("Cancel")).click();
    }

    /** Puts away a popup that is over. */
    void dismiss() {
        popup().getByRole(AriaRole.BUTTON, named("Close")).click();
        awaitNoPopup();
    }

    private void fill(String label, String value) {
        tab.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(value);
    }

    /** A button, or a link that looks like one. */
    private Locator control(String name) {
        Page.GetByRoleOptions named = new Page.GetByRoleOptions().setName(name);
        return tab.getByRole(AriaRole.BUTTON, named)
                .or(tab.getByRole(AriaRole.LINK, named))
                .first();
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }
}
