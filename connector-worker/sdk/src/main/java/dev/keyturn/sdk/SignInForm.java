package dev.keyturn.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to sign in by a form: where it is, which one, and what goes into it. Immutable; prints no
 * values.
 */
public final class SignInForm {

    private final String address;
    private final String css;
    private final List<FormValue> values;
    private final @Nullable String button;
    private final @Nullable String stopAt;

    private SignInForm(
            String address,
            String css,
            List<FormValue> values,
            @Nullable String button,
            @Nullable String stopAt) {
        this.address = address;
        this.css = css;
        this.values = values;
        this.button = button;
        this.stopAt = stopAt;
    }

    /** The form that a CSS selector finds on the page at an address. */
    public static SignInForm at(String address, String css) {
        return new SignInForm(address, css, List.of(), null, null);
    }

    /** Fills in an input, which must be there. */
    public SignInForm fill(String input, String value) {
        List<FormValue> more = new ArrayList<>(values);
        more.add(new FormValue(input, value));
        return new SignInForm(address, css, List.copyOf(more), button, stopAt);
    }

    /** Presses a button by its name; otherwise none is sent. */
    public SignInForm press(String name) {
        return new SignInForm(address, css, values, name, stopAt);
    }

    /** See {@link Request#stopAt}. */
    public SignInForm stopAt(String prefix) {
        return new SignInForm(address, css, values, button, prefix);
    }

    /** Where the form's page is. */
    public String address() {
        return address;
    }

    /** Where redirects are no longer followed. */
    public Optional<String> stopAt() {
        return Optional.ofNullable(stopAt);
    }

    /** The page's form, filled in. */
    public Form filledOn(Page page) {
        Form form = page.form(css);
        for (FormValue value : values) {
            form = form.fill(value.name(), value.value());
        }
        return button == null ? form : form.press(button);
    }

    @Override
    public String toString() {
        return "SignInForm[" + css + ", " + values + "]";
    }
}
