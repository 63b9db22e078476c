package dev.keyturn.sdk;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A form as it stood on a page, with all its inputs, hidden ones too. Immutable: each method
 * returns a changed form. Prints no values.
 */
public final class Form {

    private final String name;
    private final URI page;
    private final URI action;
    private final String method;
    private final List<FormValue> values;
    private final Set<String> inputs;
    private final List<FormValue> buttons;

    /**
     * For the runtime.
     *
     * @param name by which messages name it: the selector that found it
     * @param page on which it stood
     * @param action where it goes, absolute
     * @param method {@code GET} or {@code POST}
     * @param values what a browser would send if nothing were changed, without buttons
     * @param inputs the names of all that can be filled in, unticked boxes too
     * @param buttons the buttons that have a name
     */
    public Form(
            String name,
            URI page,
            URI action,
            String method,
            List<FormValue> values,
            Set<String> inputs,
            List<FormValue> buttons) {
        this.name = name;
        this.page = page;
        this.action = action;
        this.method = method;
        this.values = List.copyOf(values);
        this.inputs = Set.copyOf(inputs);
        this.buttons = List.copyOf(buttons);
    }

    /**
     * Fills in an input, ticks a box ({@code value} is the box's own) or chooses an option.
     *
     * @throws ConnectorFailure {@link Reason#UNKNOWN_ERROR}, naming form, page and what there is,
     *     if the form has no such input
     */
    public Form fill(String input, String value) {
        if (!inputs.contains(input)) {
            throw missing("input", input, inputs);
        }
        return set(input, value);
    }

    /** Sets a value for which the page has no input, since a script of the page would add it. */
    public Form set(String input, String value) {
        List<FormValue> changed = new ArrayList<>();
        boolean found = false;
        for (FormValue old : values) {
            if (!old.name().equals(input)) {
                changed.add(old);
            } else if (!found) {
                changed.add(new FormValue(input, value));
                found = true;
            }
        }
        if (!found) {
            changed.add(new FormValue(input, value));
        }
        return with(changed);
    }

    /** Unticks a box, or leaves an input out. */
    public Form without(String input) {
        return with(values.stream().filter(v -> !v.name().equals(input)).toList());
    }

    /**
     * Presses a button that has this name; without it none is sent.
     *
     * @throws ConnectorFailure {@link Reason#UNKNOWN_ERROR} if there is none
     */
    public Form press(String button) {
        FormValue pressed =
                buttons.stream()
                        .filter(b -> b.name().equals(button))
                        .findFirst()
                        .orElseThrow(() -> missing("button", button, buttonNames()));
        return with(Stream.concat(values.stream(), Stream.of(pressed)).toList());
    }

    /** The value that an input has now. */
    public Optional<String> value(String input) {
        return values.stream()
                .filter(v -> v.name().equals(input))
                .map(FormValue::value)
                .findFirst();
    }

    /** Whether there is an input of this name. */
    public boolean has(String input) {
        return inputs.contains(input);
    }

    /** Whether there is a button of this name. */
    public boolean hasButton(String button) {
        return buttonNames().contains(button);
    }

    /** Where it goes. */
    public URI action() {
        return action;
    }

    /** What is sent, in the page's order. */
    public List<FormValue> values() {
        return values;
    }

    /** The request that sends it, with its page as {@code Referer}. */
    public Request toRequest() {
        return Request.ofForm(method, action, values).referer(page);
    }

    Request toRequest(SignInForm asked) {
        Request request = toRequest();
        return asked.stopAt().map(request::stopAt).orElse(request);
    }

    private Form with(List<FormValue> changed) {
        return new Form(name, page, action, method, changed, inputs, buttons);
    }

    private Set<String> buttonNames() {
        Set<String> names = new LinkedHashSet<>();
        buttons.forEach(b -> names.add(b.name()));
        return names;
    }

    private ConnectorFailure missing(String what, String which, Set<String> there) {
        return ConnectorFailure.of(
                Reason.UNKNOWN_ERROR,
                "The form %s at %s has no %s named %s; it has %s."
                        .formatted(
                                name,
                                ShownAddress.of(page),
                                what,
                                which,
                                there.stream().sorted().toList()));
    }

    @Override
    public String toString() {
        return "Form[%s at %s, %s]".formatted(name, ShownAddress.of(page), values);
    }
}
