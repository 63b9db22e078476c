package dev.keyturn.worker.challenge;

import dev.keyturn.replies.MethodChosen;
import dev.keyturn.replies.Reply;
import dev.keyturn.replies.ResendAsked;
import dev.keyturn.sdk.NextRound;
import dev.keyturn.sdk.TwoFaOptions;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants of the connector in one round of a challenge: another message, or another
 * kind of second factor.
 *
 * @param method the other kind; null for another message
 * @param attempt of the challenge at which it was said
 * @param round in which it was said
 */
public record Wish(@Nullable String method, int attempt, int round) {

    private static final Pattern STEP =
            Pattern.compile("(?:send again|method ([A-Z_]+)) \\(attempt (\\d+), round (\\d+)\\)");

    /** What a reply wants in the challenge's round; empty if nothing, or in an earlier one. */
    public static Optional<Wish> of(@Nullable Reply reply, Checkpoint challenge) {
        return switch (reply) {
            case ResendAsked asked when asked.round() == challenge.round() ->
                    Optional.of(new Wish(null, challenge.attempt(), asked.round()));
            case MethodChosen chosen when chosen.round() == challenge.round() ->
                    Optional.of(
                            new Wish(chosen.method().text(), challenge.attempt(), chosen.round()));
            case null, default -> Optional.empty();
        };
    }

    /** The wish that a step of the journal fulfils; empty if that is one of the connector's own. */
    public static Optional<Wish> ofStep(String name) {
        Matcher step = STEP.matcher(name);
        return step.matches()
                ? Optional.of(
                        new Wish(
                                step.group(1),
                                Integer.parseInt(step.group(2)),
                                Integer.parseInt(step.group(3))))
                : Optional.empty();
    }

    /** The name of the step that fulfils it: another one for each wish of a wait. */
    public String step() {
        String what = method == null ? "send again" : "method " + method;
        return what + " (attempt " + attempt + ", round " + round + ")";
    }

    /** Whether it was said in the challenge's round. */
    public boolean isOf(Checkpoint challenge) {
        return attempt == challenge.attempt() && round == challenge.round();
    }

    /** How the connector fulfils it; empty if it offers no such thing. */
    public Optional<NextRound> offeredBy(TwoFaOptions options) {
        if (method == null) {
            return options.resend();
        }
        return options.methods().entrySet().stream()
                .filter(offer -> offer.getKey().name().equals(method))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
