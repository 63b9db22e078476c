package dev.keyturn.systemtests;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;

/** Home in a tab of a real browser, as a person uses it. */
final class HomePage {

    private static final LocatorAssertions.HasAttributeOptions PATIENT =
            new LocatorAssertions.HasAttributeOptions().setTimeout(30_000);

    private final Page tab;

    private HomePage(Page tab) {
        this.tab = tab;
    }

    /** Signs in by a link. */
    static HomePage signIn(BrowserContext browser, String link) {
        HomePage home = new HomePage(browser.newPage());
        home.tab.navigate(link);
        assertThat(home.control("Add account"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));
        return home;
    }

    /** Another tab of a browser that is signed in. */
    HomePage newTab() {
        Page other = tab.context().newPage();
        other.navigate(tab.url());
        return new HomePage(other);
    }

    void reload() {
        tab.reload();
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

    Locator popup() {
        return tab.getByRole(AriaRole.DIALOG).and(tab.getByTestId("challenge"));
    }

    void awaitPopup() {
        assertThat(popup()).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
    }

    void awaitNoPopup() {
        assertThat(popup()).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(30_000));
    }

    void awaitMessage(String text) {
        assertThat(popup().getByText(text))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(30_000));
    }

    /** Types a code and presses Validate. */
    void answer(String code) {
        tab.getByTestId("code").fill(code);
        popup().getByRole(AriaRole.BUTTON, named("Validate")).click();
    }

    void cancel() {
        popup().getByRole(AriaRole.BUTTON, named("Cancel")).click();
    }

    Locator text(String text) {
        return tab.getByText(text);
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
