package dev.keyturn.local.signin;

import dev.keyturn.local.api.ApiFailure;
import dev.keyturn.local.api.Challenge;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.api.Unreachable;
import dev.keyturn.local.terminal.ExitCode;
import dev.keyturn.local.terminal.Terminal;
import dev.keyturn.local.terminal.WrongUse;
import dev.keyturn.seal.ChallengeKey;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Answers one challenge from the terminal or the standard input. */
public final class OneCode {

    /** After the deadline there is a verdict for what came in time. */
    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(30);

    private final HomeApi home;
    private final Terminal terminal;
    private final PrintWriter out;
    private final Clock clock;

    public OneCode(HomeApi home, Terminal terminal, PrintWriter out, Clock clock) {
        this.home = home;
        this.terminal = terminal;
        this.out = out;
        this.clock = clock;
    }

    /**
     * Answers it.
     *
     * @return the exit code
     */
    public int answer(UUID challengeId) {
        Challenge challenge = home.challenge(challengeId);
        String code = code(challenge);
        Map<String, Object> jwk = challenge.jwk();
        if (jwk == null) {
            throw new WrongUse("This challenge takes no code");
        }
        String sealed = ChallengeKey.seal(jwk, code, challenge.id(), challenge.round());
        String verdict = verdict(challenge, UUID.randomUUID(), sealed);
        out.println(Words.verdict(verdict));
        return exitCode(verdict);
    }

    /**
     * Asks for something beside giving the code.
     *
     * @param wish does it, and returns the verdict
     * @return the exit code
     */
    public int wish(Supplier<String> wish) {
        String verdict;
        try {
            verdict = wish.get();
        } catch (ApiFailure e) {
            if ("MALFORMED".equals(e.problem().verdict())) {
                throw new WrongUse("The site does not offer that now: " + e.problem().line());
            }
            verdict = e.problem().verdict();
            if (verdict == null) {
                throw e;
            }
        }
        out.println(Words.wished(verdict));
        return verdict.equals("SUPERSEDED") ? ExitCode.DONE : exitCode(verdict);
    }

    private String code(Challenge challenge) {
        String code;
        if (terminal.interactive()) {
            out.println(Words.asks(challenge));
            out.flush();
            code = terminal.ask("Code: ").orElse("");
        } else {
            code = terminal.input().lines().findFirst().orElse("");
        }
        code = code.strip();
        if (code.isEmpty()) {
            throw new WrongUse("No code was given");
        }
        Challenge.Format format = challenge.format();
        if (!CodeForm.fits(format, code)) {
            throw new WrongUse(Words.expected(format, code));
        }
        return code;
    }

    private String verdict(Challenge challenge, UUID submission, String sealed) {
        while (true) {
            String verdict = send(challenge, submission, sealed);
            boolean late = clock.instant().isAfter(challenge.deadline().plus(AFTER_DEADLINE));
            if (!verdict.equals("PENDING") || late) {
                return verdict;
            }
            try {
                Thread.sleep(Duration.ofSeconds(1));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return verdict;
            }
        }
    }

    private String send(Challenge challenge, UUID submission, String sealed) {
        try {
            return home.submit(challenge.id(), submission, challenge.round(), sealed);
        } catch (Unreachable _) {
            return "PENDING";
        } catch (ApiFailure e) {
            String verdict = e.problem().verdict();
            if (verdict == null) {
                throw e;
            }
            return verdict;
        }
    }

    private static int exitCode(String verdict) {
        return switch (verdict) {
            case "DELIVERED" -> ExitCode.DONE;
            case "CANCELLED" -> ExitCode.CANCELLED;
            case "PENDING" -> ExitCode.UNREACHABLE;
            case "MALFORMED", "UNKNOWN_CHALLENGE" -> ExitCode.WRONG_USE;
            default -> ExitCode.USER_ACTION_NEEDED;
        };
    }
}
