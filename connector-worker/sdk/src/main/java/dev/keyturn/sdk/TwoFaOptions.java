package dev.keyturn.sdk;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private @Nullable String destination;
    private @Nullable String prompt;
    private @Nullable Instant endTime;
    private @Nullable Instant extendableTo;
    private boolean retry;
    private CodeFormat format = CodeFormat.ANY;
    private List<Choice> choices = List.of();
    private @Nullable Integer wrongCodesLeft;
    private @Nullable Instant resendFrom;
    private @Nullable NextRound resend;
    private Map<TwoFaType, NextRound> methods = Map.of();

    private TwoFaOptions(TwoFaType type) {
        this.type = type;
    }

    private TwoFaOptions with(Consumer<TwoFaOptions> change) {
        TwoFaOptions changed = new TwoFaOptions(type);
        changed.destination = destination;
        changed.prompt = prompt;
        changed.endTime = endTime;
        changed.extendableTo = extendableTo;
        changed.retry = retry;
        changed.format = format;
        changed.choices = choices;
        changed.wrongCodesLeft = wrongCodesLeft;
        changed.resendFrom = resendFrom;
        changed.resend = resend;
        changed.methods = methods;
        change.accept(changed);
        return changed;
    }

    /** A code by e-mail, of any format, within three minutes. */
    public static TwoFaOptions email() {
        return of(TwoFaType.EMAIL);
    }

    /** A code of this type, of any format, within three minutes. */
    public static TwoFaOptions of(TwoFaType type) {
        return new TwoFaOptions(type);
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
        return of(TwoFaType.CHOICE).with(o -> o.choices = List.copyOf(choices));
    }

    /** Where the code went, masked as the site shows it: {@code ••42}, {@code j…@x.org}. */
    public TwoFaOptions to(@Nullable String maskedDestination) {
        return with(o -> o.destination = maskedDestination);
    }

    /** The site's own words. */
    public TwoFaOptions prompt(@Nullable String siteWords) {
        return with(o -> o.prompt = siteWords);
    }

    /** The instant at which the site stops to take the code. Default: three minutes from now. */
    public TwoFaOptions until(Instant endTime) {
        return with(o -> o.endTime = endTime);
    }

    /**
     * The latest instant to which the person may move the end: Home then offers more time. Default:
     * it cannot be moved.
     */
    public TwoFaOptions extendableTo(Instant latest) {
        return with(o -> o.extendableTo = latest);
    }

    /**
     * The site refused the code before: the person reads "Invalid code, please re-enter." and the
     * site's own words, if it gave some.
     */
    public TwoFaOptions retry(@Nullable String siteWords) {
        return with(
                o -> {
                    o.prompt = siteWords;
                    o.retry = true;
                });
    }

    /** What the code looks like. */
    public TwoFaOptions format(CodeFormat format) {
        return with(o -> o.format = format);
    }

    /** The code has so many digits. */
    public TwoFaOptions digits(int length) {
        return format(CodeFormat.digits(length));
    }

    /** How many wrong codes the site still tolerates, if it says so. */
    public TwoFaOptions wrongCodesLeft(int left) {
        Checks.that(left >= 0, "wrongCodesLeft", left, "0 or more");
        return with(o -> o.wrongCodesLeft = left);
    }

    /**
     * The site can send again: Home then offers it, and the code that was sent before is worth
     * nothing once that is done.
     *
     * <pre>{@code
     * options.resend(again, () -> login.session().submit(page.form("#resend")), this::question)
     * }</pre>
     *
     * @param from when the site does so
     * @param request makes the site send; see {@link NextRound}
     * @param question what to ask then
     */
    public TwoFaOptions resend(
            Instant from, Supplier<Page> request, Function<Page, TwoFaOptions> question) {
        return with(
                o -> {
                    o.resendFrom = from;
                    o.resend = new NextRound(request, question);
                });
    }

    /**
     * The site takes another kind of second factor instead: Home then offers that.
     *
     * @param other the other kind, each once
     * @param request makes the site take it; see {@link NextRound}
     * @param question what to ask then
     */
    public TwoFaOptions method(
            TwoFaType other, Supplier<Page> request, Function<Page, TwoFaOptions> question) {
        Map<TwoFaType, NextRound> more = new EnumMap<>(TwoFaType.class);
        more.putAll(methods);
        more.put(other, new NextRound(request, question));
        return with(o -> o.methods = Collections.unmodifiableMap(more));
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

    /** From when the site sends again; empty if it does not. */
    public Optional<Instant> resendFrom() {
        return Optional.ofNullable(resendFrom);
    }

    /** How to make the site send again. */
    public Optional<NextRound> resend() {
        return Optional.ofNullable(resend);
    }

    /** The other kinds that the site takes, and how to make it take them. */
    public Map<TwoFaType, NextRound> methods() {
        return methods;
    }

    /** Whether a {@linkplain CodeFormat#clean cleaned} answer may be given to the connector. */
    public boolean accepts(String answer) {
        return type == TwoFaType.CHOICE
                ? choices.stream().anyMatch(choice -> choice.id().equals(answer))
                : format.accepts(answer);
    }
}
