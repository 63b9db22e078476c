package dev.keyturn.local.backup;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.keyturn.local.terminal.Terminal;
import dev.keyturn.local.terminal.WrongUse;
import dev.keyturn.seal.NeverWritten;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What opens a backup. Prints as {@code ***}. */
@JsonSerialize(using = NeverWritten.class)
public final class Passphrase {

    /** The environment variable that may hold it. */
    public static final String VARIABLE = "KEYTURN_PASSPHRASE";

    static final int SHORTEST = 8;

    private final String text;

    private Passphrase(String text) {
        this.text = text;
    }

    /** From a text. */
    public static Passphrase of(String text) {
        if (text.length() < SHORTEST) {
            throw new WrongUse("The passphrase must have at least " + SHORTEST + " characters");
        }
        return new Passphrase(text);
    }

    /**
     * From the file, the environment or the person, never from an argument.
     *
     * @param twice whether a person types it twice, since nobody can read what a typing error
     *     locked
     */
    public static Passphrase from(
            @Nullable Path file,
            Map<String, String> environment,
            Terminal terminal,
            boolean twice) {
        if (file != null) {
            return of(read(file));
        }
        String given = environment.getOrDefault(VARIABLE, "");
        if (!given.isEmpty()) {
            return of(given);
        }
        if (!terminal.interactive()) {
            throw new WrongUse(
                    "The passphrase is missing: give --passphrase-file FILE or " + VARIABLE);
        }
        String typed = ask(terminal, "Passphrase: ");
        if (twice && !typed.equals(ask(terminal, "Once more: "))) {
            throw new WrongUse("The two are not the same");
        }
        return of(typed);
    }

    private static String ask(Terminal terminal, String question) {
        return terminal.askSecret(question)
                .orElseThrow(() -> new WrongUse("The passphrase was not given"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replaceFirst("\\r?\\n\\z", "");
        } catch (IOException e) {
            throw new WrongUse(
                    "--passphrase-file: cannot read %s (%s)"
                            .formatted(file, e.getClass().getSimpleName()));
        }
    }

    String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
