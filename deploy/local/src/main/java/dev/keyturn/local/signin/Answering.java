package dev.keyturn.local.signin;

import dev.keyturn.local.api.ApiFailure;
import dev.keyturn.local.api.Challenge;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.api.Unreachable;
import dev.keyturn.seal.ChallengeKey;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The challenges of one run, as they come: asks the source once for each attempt and round, seals
 * what it gives, and sends it until there is a verdict. Never waits; {@link #look} is called again
 * and again.
 */
final class Answering {

    /** How many wrong codes of a command end the sign-in. */
    private static final int WRONG_CODES = 2;

    private final HomeApi home;
    private final CodeSource source;
    private final Consumer<String> tell;
    private final Runnable news;

    private @Nullable Asked asked;
    private @Nullable UUID counted;
    private int wrongCodes;
    private boolean gaveUp;

    /**
     * @param tell says something to the person
     * @param news is run when there is something to look at
     */
    Answering(HomeApi home, CodeSource source, Consumer<String> tell, Runnable news) {
        this.home = home;
        this.source = source;
        this.tell = tell;
        this.news = news;
    }

    /** What was asked and how far it came. */
    private static final class Asked {
        private final Challenge challenge;
        private CompletableFuture<Optional<String>> code;
        private @Nullable Submission submission;
        private boolean toldPending;

        Asked(Challenge challenge, CompletableFuture<Optional<String>> code) {
            this.challenge = challenge;
            this.code = code;
        }

        boolean isFor(Challenge other) {
            return challenge.id().equals(other.id()) && challenge.round() == other.round();
        }
    }

    private record Submission(UUID id, int round, String sealed) {}

    /** Whether the sign-in was ended from here, since the command gave no right code. */
    boolean gaveUp() {
        return gaveUp;
    }

    void look(@Nullable UUID challengeId) {
        if (challengeId == null) {
            forget();
            return;
        }
        Challenge challenge = home.challenge(challengeId);
        if (asked != null && (!asked.isFor(challenge) || isOver(challenge))) {
            forget();
        }
        if (asked == null && challenge.open()) {
            open(challenge);
        }
        if (asked != null) {
            goOn(asked);
        }
    }

    private static boolean isOver(Challenge challenge) {
        return challenge.state().equals("ENDED") || challenge.state().equals("REJECTED");
    }

    void forget() {
        if (asked != null) {
            asked.code.cancel(true);
            asked = null;
        }
    }

    private void open(Challenge challenge) {
        Challenge.Rejected rejected = challenge.rejected();
        if (rejected != null && !challenge.id().equals(counted)) {
            counted = challenge.id();
            wrongCodes++;
            tell.accept(Words.refused(rejected));
        }
        if (source.kind() == CodeSource.Kind.COMMAND && wrongCodes >= WRONG_CODES) {
            giveUp(challenge, "Two codes were wrong: the sign-in is ended.");
            return;
        }
        tell.accept(Words.asks(challenge));
        if (source.kind() == CodeSource.Kind.NOBODY) {
            tell.accept("Enter it in Home, or with: ./keyturn code " + challenge.id());
        }
        asked = new Asked(challenge, ask(challenge));
    }

    private CompletableFuture<Optional<String>> ask(Challenge challenge) {
        CompletableFuture<Optional<String>> code = source.ask(challenge);
        CompletableFuture<?> _ = code.whenComplete((_, _) -> news.run());
        return code;
    }

    private void giveUp(Challenge challenge, String why) {
        if (!gaveUp) {
            gaveUp = true;
            tell.accept(why);
            String _ = home.cancelChallenge(challenge.id());
        }
    }

    private void goOn(Asked current) {
        if (current.submission == null && current.code.isDone()) {
            typed(current);
        }
        if (current.submission != null) {
            send(current, current.submission);
        }
    }

    private void typed(Asked current) {
        Challenge challenge = current.challenge;
        if (current.code.isCompletedExceptionally()) {
            // The asking ended by itself, as at the deadline: how the run ends says why.
            current.code = new CompletableFuture<>();
            return;
        }
        Optional<String> code = current.code.join();
        if (code.isEmpty()) {
            if (source.kind() == CodeSource.Kind.COMMAND) {
                giveUp(challenge, "The command gave no code: the sign-in is ended.");
            }
            current.code = new CompletableFuture<>();
            return;
        }
        Challenge.Format format = challenge.format();
        if (source.kind() == CodeSource.Kind.PERSON && !CodeForm.fits(format, code.get())) {
            tell.accept(Words.expected(format, code.get()));
            current.code = ask(challenge);
            return;
        }
        if (!CodeForm.canBeSealed(code.get())) {
            tell.accept(Words.expected(format, code.get()));
            giveUp(challenge, "The sign-in is ended.");
            current.code = new CompletableFuture<>();
            return;
        }
        Map<String, Object> jwk = challenge.jwk();
        if (jwk == null) {
            tell.accept("Home shows no key for this code: it cannot be sealed.");
            current.code = new CompletableFuture<>();
            return;
        }
        String sealed = ChallengeKey.seal(jwk, code.get(), challenge.id(), challenge.round());
        current.submission = new Submission(UUID.randomUUID(), challenge.round(), sealed);
    }

    /** The same submission again and again, until there is a verdict. */
    private void send(Asked current, Submission submission) {
        String verdict;
        try {
            verdict =
                    home.submit(
                            current.challenge.id(),
                            submission.id(),
                            submission.round(),
                            submission.sealed());
        } catch (Unreachable _) {
            pending(current);
            return;
        } catch (ApiFailure e) {
            verdict = e.problem().verdict() == null ? e.problem().line() : e.problem().verdict();
        }
        if (verdict.equals("PENDING")) {
            pending(current);
            return;
        }
        tell.accept(Words.verdict(verdict));
        current.submission = null;
        current.code = new CompletableFuture<>();
        if (verdict.equals("MALFORMED")) {
            malformed(current);
        }
    }

    private void pending(Asked current) {
        if (!current.toldPending) {
            current.toldPending = true;
            tell.accept(Words.verdict("PENDING"));
        }
    }

    private void malformed(Asked current) {
        switch (source.kind()) {
            case PERSON -> current.code = ask(current.challenge);
            case COMMAND -> giveUp(current.challenge, "The sign-in is ended.");
            case NOBODY -> {}
        }
    }
}
