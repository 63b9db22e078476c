package dev.keyturn.sandbox.statements;

import dev.keyturn.sandbox.users.Behaviour;
import dev.keyturn.sandbox.users.NastyText;
import dev.keyturn.sandbox.users.User;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A document to fetch.
 *
 * @param name what the site calls it
 */
public record Statement(User user, YearMonth month, String name) {
    private static final List<Month> MONTHS = List.of(Month.JANUARY, Month.FEBRUARY, Month.MARCH);

    /** The user's statements, the same at any time. */
    public static List<Statement> of(User user) {
        return MONTHS.stream().map(month -> of(user, YearMonth.of(2026, month))).toList();
    }

    public static Optional<Statement> find(User user, String fileName) {
        return of(user).stream()
                .filter(statement -> statement.fileName().equals(fileName))
                .findFirst();
    }

    /** The last part of the address: {@code 2026-01.pdf}. */
    public String fileName() {
        return month + ".pdf";
    }

    private static Statement of(User user, YearMonth month) {
        var name =
                "Statement of %s %d"
                        .formatted(
                                month.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                                month.getYear());
        return new Statement(
                user, month, user.behaviour() == Behaviour.NASTY_TEXT ? NastyText.in(name) : name);
    }
}
