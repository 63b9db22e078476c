package dev.keyturn.local.signin;

import dev.keyturn.local.api.Connector;
import dev.keyturn.local.api.Connector.Field;
import dev.keyturn.local.terminal.Terminal;
import dev.keyturn.local.terminal.WrongUse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * The values of a connector's fields. A secret is never taken from an argument, which everybody on
 * the machine can read, except for a test site.
 */
final class FieldValues {

    private final Connector connector;

    FieldValues(Connector connector) {
        this.connector = connector;
    }

    /**
     * What was given.
     *
     * @param arguments as {@code name=value}; for a secret {@code name=@FILE} or {@code name=-}
     * @param input reads the standard input
     */
    Map<String, String> given(
            List<String> arguments, Map<String, String> environment, Supplier<String> input) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Field field : connector.fields()) {
            String value = environment.get(variable(field.name()));
            if (value != null) {
                given.put(field.name(), value);
            }
        }
        Map<String, String> named = new LinkedHashMap<>();
        boolean inputTaken = false;
        for (String argument : arguments) {
            Field field = fieldOf(argument);
            String text = argument.substring(argument.indexOf('=') + 1);
            if (field.secret() && text.equals("-")) {
                if (inputTaken) {
                    throw new WrongUse("Only one field can be read from the standard input");
                }
                inputTaken = true;
            }
            String value = field.secret() ? secret(field, text, input) : text;
            if (named.put(field.name(), value) != null) {
                throw new WrongUse("--field " + field.name() + " is given twice");
            }
        }
        given.putAll(named);
        given.forEach((name, value) -> check(field(name), value));
        return given;
    }

    /** All values that the connector needs; what is missing is asked. */
    Map<String, String> complete(Map<String, String> given, Terminal terminal) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Field field : connector.fields()) {
            String value = given.get(field.name());
            if (value != null) {
                all.put(field.name(), value);
            } else if (field.required()) {
                all.put(field.name(), ask(field, terminal));
            }
        }
        return all;
    }

    String ask(Field field, Terminal terminal) {
        if (!terminal.interactive()) {
            throw new WrongUse(
                    "%s is missing: give %s"
                            .formatted(
                                    field.name(),
                                    field.secret()
                                            ? ways(field)
                                            : "--field %s=… or %s"
                                                    .formatted(
                                                            field.name(), variable(field.name()))));
        }
        String question = Words.question(field);
        String value =
                (field.secret() ? terminal.askSecret(question) : terminal.ask(question))
                        .orElseThrow(() -> new WrongUse(field.name() + " was not given"));
        check(field, value);
        return value;
    }

    private Field fieldOf(String argument) {
        int end = argument.indexOf('=');
        if (end <= 0) {
            throw new WrongUse("--field must be name=value");
        }
        return field(argument.substring(0, end));
    }

    private Field field(String name) {
        return connector
                .field(name)
                .orElseThrow(
                        () ->
                                new WrongUse(
                                        "%s has no field %s; it has %s"
                                                .formatted(connector.slug(), name, fieldNames())));
    }

    private String fieldNames() {
        return connector.fields().stream().map(Field::name).collect(Collectors.joining(", "));
    }

    private String secret(Field field, String text, Supplier<String> input) {
        if (text.equals("-")) {
            return withoutLineEnd(input.get());
        }
        if (text.startsWith("@")) {
            return withoutLineEnd(fileOf(field, text.substring(1)));
        }
        if (connector.sandbox()) {
            return text;
        }
        throw new WrongUse(
                "%s is a secret and not taken from an argument: give %s"
                        .formatted(field.name(), ways(field)));
    }

    private static String fileOf(Field field, String name) {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException e) {
            throw new WrongUse(
                    "%s: cannot read %s (%s)"
                            .formatted(field.name(), name, e.getClass().getSimpleName()));
        }
    }

    private static String withoutLineEnd(String text) {
        return text.replaceFirst("\\r?\\n\\z", "");
    }

    private static String ways(Field field) {
        return "--field %1$s=@FILE, --field %1$s=- or %2$s"
                .formatted(field.name(), variable(field.name()));
    }

    /** The environment variable that may hold a field. */
    static String variable(String field) {
        return "KEYTURN_FIELD_" + field.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static void check(Field field, String value) {
        if (value.isEmpty() && field.required()) {
            throw new WrongUse(field.name() + " is empty");
        }
        switch (field.type()) {
            case "EMAIL" -> require(value.contains("@"), field, "an e-mail address");
            case "URL" -> require(isWeb(value), field, "an address that begins with https://");
            case "CHOICE" ->
                    require(
                            field.choices().stream().anyMatch(c -> c.id().equals(value)),
                            field,
                            "one of "
                                    + field.choices().stream()
                                            .map(Connector.Choice::id)
                                            .collect(Collectors.joining(", ")));
            default -> {}
        }
        if (field.pattern() != null) {
            require(matches(field.pattern(), value), field, "of the form " + field.pattern());
        }
    }

    private static boolean isWeb(String value) {
        try {
            String scheme = URI.create(value).getScheme();
            return "https".equals(scheme) || "http".equals(scheme);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** A pattern that Java does not understand is left to those who do. */
    private static boolean matches(String pattern, String value) {
        try {
            return Pattern.matches(pattern, value);
        } catch (PatternSyntaxException _) {
            return true;
        }
    }

    private static void require(boolean right, Field field, String expected) {
        if (!right) {
            throw new WrongUse(field.name() + ": must be " + expected);
        }
    }
}
