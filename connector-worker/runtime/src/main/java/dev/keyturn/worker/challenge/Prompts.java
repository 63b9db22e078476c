package dev.keyturn.worker.challenge;

import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.sdk.TwoFaType;
import dev.keyturn.values.Choice;
import dev.keyturn.values.CodeFormat;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.FormatKind;
import dev.keyturn.values.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a connector wants to ask, in the words of the contract. */
public final class Prompts {

    /** How long a person has if the connector does not say. */
    public static final Duration DEFAULT_WAIT = Duration.ofMinutes(3);

    private static final int MOST_CHOICES = 100;

    private Prompts() {}

    /**
     * The prompt for these options. The words of a retry say why the code was refused.
     *
     * @param masking for whatever may have come from the site
     */
    public static Prompt of(TwoFaOptions options, UnaryOperator<String> masking) {
        return new Prompt(
                new FactorType(options.type().name()),
                SiteText.limited(options.destination().map(masking), SiteText.LABEL).orElse(null),
                SiteText.limited(options.prompt().map(masking), SiteText.WORDS).orElse(null),
                options.type() == TwoFaType.CHOICE ? null : format(options.format()),
                choices(options, masking),
                null,
                options.methods().keySet().stream().map(m -> new FactorType(m.name())).toList(),
                options.resendFrom().map(t -> t.truncatedTo(ChronoUnit.MICROS)).orElse(null),
                options.wrongCodesLeft().orElse(null));
    }

    /** When the site stops to take the code, as the database keeps time. */
    public static Instant deadline(TwoFaOptions options, Instant now) {
        return options.endTime().orElse(now.plus(DEFAULT_WAIT)).truncatedTo(ChronoUnit.MICROS);
    }

    /** Up to when the person may move the deadline; null if not at all. */
    public static @Nullable Instant extendableTo(TwoFaOptions options) {
        return options.extendableTo().map(t -> t.truncatedTo(ChronoUnit.MICROS)).orElse(null);
    }

    private static CodeFormat format(dev.keyturn.sdk.CodeFormat format) {
        return new CodeFormat(
                new FormatKind(format.kind().name()),
                format.length() == 0 ? null : format.length(),
                format.maxLength());
    }

    private static List<Choice> choices(TwoFaOptions options, UnaryOperator<String> masking) {
        return options.choices().stream()
                .limit(MOST_CHOICES)
                .map(
                        c ->
                                new Choice(
                                        c.id(),
                                        SiteText.limited(masking.apply(c.label()), SiteText.LABEL)))
                .toList();
    }
}
