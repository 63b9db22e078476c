package dev.keyturn.sdk;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that the person enters once for an account.
 *
 * @param name by which the connector asks for it: lower-case letters, digits, hyphens
 * @param label what stands beside the input
 * @param help a sentence below it, or null
 * @param type which input
 * @param pattern a regular expression that the whole value must match, in the syntax that Java and
 *     JavaScript share, or null
 * @param choices for {@link Type#CHOICE}: what can be chosen
 * @param secret whether the value is never shown nor taken from a command line
 * @param required whether it must be filled in
 */
public record Field(
        String name,
        String label,
        @Nullable String help,
        Type type,
        @Nullable String pattern,
        List<Choice> choices,
        boolean secret,
        boolean required) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /** Which input. */
    public enum Type {
        TEXT,
        EMAIL,
        PASSWORD,
        /** An address; the connector may talk to its host. */
        URL,
        CHOICE
    }

    public Field {
        Checks.that(NAME.matcher(name).matches(), "field name", name, NAME.pattern());
        Checks.notBlank("label of field " + name, label);
        Checks.that(
                (type == Type.CHOICE) != choices.isEmpty(),
                "choices of field " + name,
                choices,
                "given for type CHOICE, and for no other");
        if (pattern != null) {
            var _ = Pattern.compile(pattern);
        }
        choices = List.copyOf(choices);
    }

    private static Field of(Type type, String name, String label, boolean secret) {
        return new Field(name, label, null, type, null, List.of(), secret, true);
    }

    /** A line of text. */
    public static Field text(String name, String label) {
        return of(Type.TEXT, name, label, false);
    }

    /** An e-mail address. */
    public static Field email(String name, String label) {
        return of(Type.EMAIL, name, label, false);
    }

    /** A password; secret. */
    public static Field password(String name, String label) {
        return of(Type.PASSWORD, name, label, true);
    }

    /** The address of the site, for software that many run at addresses of their own. */
    public static Field url(String name, String label) {
        return of(Type.URL, name, label, false);
    }

    /** One of several. */
    public static Field choice(String name, String label, Choice... choices) {
        return new Field(name, label, null, Type.CHOICE, null, List.of(choices), false, true);
    }

    /** With a sentence of help. */
    public Field help(String sentence) {
        return new Field(name, label, sentence, type, pattern, choices, secret, required);
    }

    /** With a pattern for the whole value. */
    public Field pattern(String regex) {
        return new Field(name, label, help, type, regex, choices, secret, required);
    }

    /** That may be left empty. */
    public Field optional() {
        return new Field(name, label, help, type, pattern, choices, secret, false);
    }

    /** Whether a value may be used for this field; what is wrong with it otherwise. */
    public Optional<String> problem(String value) {
        if (value.isBlank()) {
            return required ? Optional.of("is empty") : Optional.empty();
        }
        if (type == Type.CHOICE && choices.stream().noneMatch(c -> c.id().equals(value))) {
            return Optional.of("is none of " + choices.stream().map(Choice::id).toList());
        }
        if (pattern != null && !Pattern.matches(pattern, value)) {
            return Optional.of("does not match " + pattern);
        }
        return Optional.empty();
    }
}
