package dev.keyturn.local.signin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.local.api.Challenge;
import dev.keyturn.local.api.Connector;
import dev.keyturn.local.api.Run;
import dev.keyturn.local.terminal.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a terminal says. */
public final class Words {

    private static final Map<String, String> REASONS =
            Map.ofEntries(
                    Map.entry("LOGIN_FAILED", "The site did not accept the login."),
                    Map.entry("LOGIN_FAILED.NEEDS_SECRET", "The site wants one more secret."),
                    Map.entry(
                            "LOGIN_FAILED.TOO_MANY_ATTEMPTS",
                            "The site has locked the login after too many attempts."),
                    Map.entry(
                            "USER_ACTION_NEEDED",
                            "The site wants something of you: sign in there with a browser."),
                    Map.entry(
                            "USER_ACTION_NEEDED.TWOFA_EXPIRED",
                            "Authentication renewal required. No code was entered in time; start"
                                    + " again when you are ready."),
                    Map.entry("USER_ACTION_NEEDED.TWOFA_CANCELLED", "This sign-in was cancelled."),
                    Map.entry(
                            "USER_ACTION_NEEDED.WRONG_TWOFA_CODE",
                            "The site did not accept the code."),
                    Map.entry(
                            "USER_ACTION_NEEDED.CHANGE_PASSWORD",
                            "The site wants a new password: change it there."),
                    Map.entry(
                            "USER_ACTION_NEEDED.SITE_EXPIRED",
                            "The site's sign-in page ran out of time; start again."),
                    Map.entry("USER_ACTION_NEEDED.ATTEMPTS_SPENT", "Too many wrong codes."),
                    Map.entry("VENDOR_DOWN", "The site does not answer or reports an error."),
                    Map.entry("MAINTENANCE", "The site is under maintenance."),
                    Map.entry("CANCELLED", "This sign-in was cancelled."),
                    Map.entry("NOT_STARTED", "No worker took the run in time."),
                    Map.entry(
                            "INTERRUPTED",
                            "Interrupted. To be safe, nothing was repeated; start again."),
                    Map.entry("UNKNOWN_ERROR", "The connector failed."));

    private static final Map<String, String> VERDICTS =
            Map.of(
                    "DELIVERED", "Checking…",
                    "PENDING", "Still sending. Your code is not lost.",
                    "ALREADY_ANSWERED",
                            "A code was already entered in another window or on another device.",
                    "SUPERSEDED", "A newer code was sent. Enter that one.",
                    "TOO_LATE", "The time to enter the code ran out.",
                    "CANCELLED", "This sign-in was cancelled.",
                    "UNKNOWN_CHALLENGE", "This request for a code is no longer open.",
                    "MALFORMED", "The code did not arrive as it should.");

    private static final Map<String, String> FACTS =
            Map.ofEntries(
                    Map.entry("RunQueued", "Queued"),
                    Map.entry("LoginStarted", "Signing in"),
                    Map.entry("AutoSuccessDisabled", "Waiting for the site"),
                    Map.entry("TwoFaRequested", "The site wants a code"),
                    Map.entry("TwoFaResent", "The site sent a new code"),
                    Map.entry("TwoFaRejected", "Invalid code"),
                    Map.entry("TwoFaAnswered", "A code was entered"),
                    Map.entry("TwoFaExtended", "There is more time for the code"),
                    Map.entry("TwoFaExpired", "No code was entered in time"),
                    Map.entry("TwoFaCancelled", "The request for a code was cancelled"),
                    Map.entry("TwoFaClosed", "The request for a code was closed"),
                    Map.entry("TwoFaCodeTurnedAway", "A code was turned away"),
                    Map.entry("LoginSucceeded", "Signed in"),
                    Map.entry("LoginFailed", "Signing in failed"),
                    Map.entry("DocumentSaved", "Saved a document"),
                    Map.entry("RunAdopted", "Another worker goes on with the run"),
                    Map.entry("RunFinished", "Done"),
                    Map.entry("RunFailed", "The run failed"));

    private static final Map<String, String> FACTORS =
            Map.of(
                    "SMS", "Enter the code sent to you by SMS",
                    "EMAIL", "Enter the code sent to you by e-mail",
                    "APP_CODE", "Enter the one-time code from your app",
                    "RECOVERY_CODE", "Enter one of your recovery codes",
                    "SECURITY_QUESTION", "Answer the site's question",
                    "CHOICE", "Choose one",
                    "APPROVAL", "Use your provider's app to continue");

    private Words() {}

    static String question(Connector.Field field) {
        String label = Shown.text(field.label().isBlank() ? field.name() : field.label());
        String choices =
                field.choices().stream()
                        .map(c -> c.id() + " = " + c.label())
                        .collect(Collectors.joining(", "));
        return label + (choices.isEmpty() ? "" : " (" + Shown.text(choices) + ")") + ": ";
    }

    /** One line of a timeline. */
    public static String timeline(JsonNode entry) {
        String type = entry.path("type").asText();
        JsonNode data = entry.path("data");
        StringBuilder line = new StringBuilder(time(entry)).append("  ");
        line.append(FACTS.getOrDefault(type, Shown.text(type)));
        for (String detail : new String[] {"reason", "verdict", "outcome", "name", "destination"}) {
            String text = Shown.text(data.path(detail).asText(""));
            if (!text.isEmpty()) {
                line.append(": ").append(text);
            }
        }
        return line.append(entry.path("late").asBoolean() ? " (after the end)" : "").toString();
    }

    private static String time(JsonNode entry) {
        String at = entry.path("at").asText("");
        return at.isEmpty() ? "--:--:--" : Shown.time(Instant.parse(at));
    }

    /** What a challenge asks, with all that the site said about it. */
    static String asks(Challenge challenge) {
        StringBuilder text = new StringBuilder();
        text.append(FACTORS.getOrDefault(challenge.type(), "Enter the code"));
        if (challenge.destination() != null) {
            text.append(" (").append(Shown.text(challenge.destination())).append(')');
        }
        text.append(", until ").append(Shown.time(challenge.deadline()));
        if (challenge.words() != null && !challenge.words().isBlank()) {
            text.append("\nThe site says: ").append(Shown.text(challenge.words()));
        }
        for (Challenge.Choice choice : challenge.choices()) {
            text.append("\n  ")
                    .append(Shown.text(choice.id()))
                    .append("  ")
                    .append(Shown.text(choice.label()));
        }
        String ways = ways(challenge);
        if (!ways.isEmpty()) {
            text.append("\nNo code? ./keyturn code ").append(challenge.id()).append(ways);
        }
        return text.toString();
    }

    /** What can be asked for instead of giving the code, as options of the command. */
    private static String ways(Challenge challenge) {
        List<String> ways = new ArrayList<>();
        if (challenge.resendFrom() != null) {
            ways.add("--again (from " + Shown.time(challenge.resendFrom()) + ")");
        }
        challenge.methods().forEach(method -> ways.add("--method " + Shown.text(method)));
        if (challenge.extendable()) {
            ways.add("--more SECONDS");
        }
        return ways.isEmpty() ? "" : " " + String.join(" | ", ways);
    }

    /** What became of a wish. */
    static String wished(String verdict) {
        return switch (verdict) {
            case "DELIVERED" -> "It is asked for.";
            case "PENDING" -> "It is on its way.";
            case "SUPERSEDED" -> "Something else was asked for first. The next code comes.";
            default -> verdict(verdict);
        };
    }

    static String refused(Challenge.Rejected rejected) {
        String words = Shown.text(rejected.words());
        return "Invalid code, please re-enter."
                + (words.isEmpty() ? "" : " " + whoSays(rejected) + ": " + words);
    }

    private static String whoSays(Challenge.Rejected rejected) {
        return "SITE".equals(rejected.by()) ? "The site says" : "Details";
    }

    /** What a code of the wrong form should have been. */
    static String expected(Challenge.@Nullable Format format, String code) {
        if (code.length() > CodeForm.LONGEST) {
            return "A code has at most %d characters; this one has %d."
                    .formatted(CodeForm.LONGEST, code.length());
        }
        return format != null && "DIGITS".equals(format.kind()) && format.length() != null
                ? "Enter the " + format.length() + " digits of the code."
                : "Enter the code as it was sent.";
    }

    /** What became of a code. */
    public static String verdict(String verdict) {
        return VERDICTS.getOrDefault(verdict, Shown.text(verdict));
    }

    /** Why a run failed: the longest prefix of the reason that we have words for. */
    public static String failure(Run run) {
        StringBuilder text = new StringBuilder(reason(run.reason()));
        if (run.words() != null && !run.words().isBlank()) {
            // A run does not tell whether the site said it or the connector.
            text.append(" Details: ").append(Shown.text(run.words()));
        }
        if (run.until() != null) {
            text.append(" You can try again at ").append(Shown.time(run.until())).append('.');
        }
        if (run.correlationId() != null) {
            text.append(" Reference: ").append(Shown.text(run.correlationId())).append('.');
        }
        return text.append(" (").append(Shown.text(run.reason())).append(')').toString();
    }

    private static String reason(@Nullable String reason) {
        for (String known = reason == null ? "" : reason; !known.isEmpty(); ) {
            String words = REASONS.get(known);
            if (words != null) {
                return words;
            }
            int dot = known.lastIndexOf('.');
            known = dot < 0 ? "" : known.substring(0, dot);
        }
        return "The run failed.";
    }
}
