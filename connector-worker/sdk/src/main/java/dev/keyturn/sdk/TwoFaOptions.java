package dev.keyturn.sdk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to ask a person for. Immutable: each method returns changed options.
 *
 * <pre>{@code
 * TwoFaOptions.of(TwoFaType.SMS).to("••42").digits(6).until(Instant.now().plusSeconds(120))
 * }</pre>
 *
 * What comes from the site (destination, words, labels) is untrusted text: it is shortened and
 * shown as text.
 */
public final class TwoFaOptions {

    private final TwoFaType type;
    private final @Nullable String destination;
    private final @Nullable String prompt;
    private final @Nullable Instant endTime;
    private final @Nullable Instant extendableTo;
    private final boolean retry;
    private final CodeFormat format;
    private final List<Choice> choices;
    private final @Nullable Integer wrongCodesLeft;

    private TwoFaOptions(
            TwoFaType type,
            @Nullable String destination,
            @Nullable String prompt,
            @Nullable Instant endTime,
            @Nullable Instant extendableTo,
            boolean retry,
            CodeFormat format,
            List<Choice> choices,
            @Nullable Integer wrongCodesLeft) {
        this.type = type;
        this.destination = destination;
        this.prompt = prompt;
        this.endTime = endTime;
        this.extendableTo = extendableTo;
        this.retry = retry;
        this.format = format;
        this.choices = choices;
        this.wrongCodesLeft = wrongCodesLeft;
    }

    /** A code by e-mail, of any format, within three minutes. */
    public static TwoFaOptions email() {
        return of(TwoFaType.EMAIL);
    }

    /** A code of this type, of any format, within three minutes. */
    public static TwoFaOptions of(TwoFaType type) {
        return new TwoFaOptions(
                type, null, null, null, null, false, CodeFormat.ANY, List.of(), null);
    }

    /**
     * One of several things to choose. {@link TwoFaCode#reveal()} then is the id of one of them.
     *
     * @throws IllegalArgumentException if there are none, or two with the same id
     */
    public static TwoFaOptions choice(List<Choice> choices) {
        Checks.that(
                !choices.isEmpty()
                        && choices.stream().map(Choice::id).distinct().count() == choices.size(),
                "choices",
                choices,
                "some, each with an id of its own");
        return new TwoFaOptions(
                TwoFaType.CHOICE,
                null,
                null,
                null,
                null,
                false,
                CodeFormat.ANY,
                List.copyOf(choices),
                null);
    }

    /** Where the code went, masked as the site shows it: {@code ••42}, {@code j…@x.org}. */
    public TwoFaOptions to(@Nullable String maskedDestination) {
        return new TwoFaOptions(
                type,
                maskedDestination,
                prompt,
                endTime,
                extendableTo,
                retry,
                format,
                choices,
                wrongCodesLeft);
    }

    /** The site's own words. */
    public TwoFaOptions prompt(@Nullable String siteWords) {
        return new TwoFaOptions(
                type,
                destination,
                siteWords,
                endTime,
                extendableTo,
                retry,
                format,
                choices,
                wrongCodesLeft);
    }

    /** The instant at which the site stops to take the code. Default: three minutes from now. */
    public TwoFaOptions until(Instant endTime) {
        return new TwoFaOptions(
                type,
                destination,
                prompt,
                endTime,
                extendableTo,
                retry,
                format,
                choices,
                wrongCodesLeft);
    }

    /** The latest instant to which the person may move the end. Default: it cannot be moved. */
    public TwoFaOptions extendableTo(Instant latest) {
        return new TwoFaOptions(
                type, destination, prompt, endTime, latest, retry, format, choices, wrongCodesLeft);
    }

    /**
     * The site refused the code before: the person reads "Invalid code, please re-enter." and the
     * site's own words, if it gave some.
     */
    public TwoFaOptions retry(@Nullable String siteWords) {
        return new TwoFaOptions(
                type,
                destination,
                siteWords,
                endTime,
                extendableTo,
                true,
                format,
                choices,
                wrongCodesLeft);
    }

    /** What the code looks like. */
    public TwoFaOptions format(CodeFormat format) {
        return new TwoFaOptions(
                type,
                destination,
                prompt,
                endTime,
                extendableTo,
                retry,
                format,
                choices,
                wrongCodesLeft);
    }

    /** The code has so many digits. */
    public TwoFaOptions digits(int length) {
        return format(CodeFormat.digits(length));
    }

    /** How many wrong codes the site still tolerates, if it says so. */
    public TwoFaOptions wrongCodesLeft(int left) {
        Checks.that(left >= 0, "wrongCodesLeft", left, "0 or more");
        return new TwoFaOptions(
                type, destination, prompt, endTime, extendableTo, retry, format, choices, left);
    }

    public TwoFaType type() {
        return type;
    }

    public Optional<String> destination() {
        return Optional.ofNullable(destination);
    }

    /** The site's own words: its question, or, with {@link #isRetry()}, why it refused. */
    public Optional<String> prompt() {
        return Optional.ofNullable(prompt);
    }

    public Optional<Instant> endTime() {
        return Optional.ofNullable(endTime);
    }

    public Optional<Instant> extendableTo() {
        return Optional.ofNullable(extendableTo);
    }

    public boolean isRetry() {
        return retry;
    }

    public CodeFormat format() {
        return format;
    }

    /** What can be chosen; empty unless the type is {@link TwoFaType#CHOICE}. */
    public List<Choice> choices() {
        return choices;
    }

    public Optional<Integer> wrongCodesLeft() {
        return Optional.ofNullable(wrongCodesLeft);
    }

    /** Whether a {@linkplain CodeFormat#clean cleaned} answer may be given to the connector. */
    public boolean accepts(String answer) {
        return type == TwoFaType.CHOICE
                ? choices.stream().anyMatch(choice -> choice.id().equals(answer))
                : format.accepts(answer);
    }
}
