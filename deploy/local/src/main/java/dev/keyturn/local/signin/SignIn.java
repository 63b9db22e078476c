package dev.keyturn.local.signin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.local.api.Account;
import dev.keyturn.local.api.ApiFailure;
import dev.keyturn.local.api.Changes;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.api.Run;
import dev.keyturn.local.api.Unreachable;
import dev.keyturn.local.terminal.ExitCode;
import dev.keyturn.local.terminal.Shown;
import dev.keyturn.local.terminal.Terminal;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One sign-in from the terminal: account, run, codes, and the timeline as it grows. */
public final class SignIn {

    private static final int CONFLICT = 409;

    /** How long Home may be away while we follow a run, which goes on without it. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HomeApi home;
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;
    private final AtomicReference<@Nullable UUID> challenge = new AtomicReference<>();

    /**
     * @param out gets the timeline and the outcome
     * @param err gets what is said to the person beside it
     */
    public SignIn(
            HomeApi home,
            Terminal terminal,
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter err) {
        this.home = home;
        this.terminal = terminal;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /**
     * Signs in.
     *
     * @return the exit code
     */
    public int run(Request request) {
        Account account = new Accounts(home, terminal, environment).account(request);
        Run run = start(account, request);
        Thread left = new Thread(() -> sayHowToGoOn(run));
        Runtime.getRuntime().addShutdownHook(left);
        try (Changes changes = new Changes(home)) {
            Consumer<String> tell = request.json() ? err::println : out::println;
            Answering answering =
                    new Answering(home, source(request, account), tell, changes::nudge);
            Run end = follow(run, request, answering, changes);
            answering.forget();
            return finish(end, request, account, answering.gaveUp());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            sayHowToGoOn(run);
            return ExitCode.CANCELLED;
        } finally {
            removeHook(left);
        }
    }

    private Run start(Account account, Request request) {
        String trigger = request.background() ? "SCHEDULED" : "MANUAL";
        try {
            return home.startRun(account.id(), trigger, request.fresh());
        } catch (ApiFailure e) {
            UUID open = e.problem().runId();
            if (e.status() != CONFLICT || open == null) {
                throw e;
            }
            err.println("A run of this account is going on already; here it is.");
            return home.run(open);
        }
    }

    private CodeSource source(Request request, Account account) {
        if (request.codeFrom() != null) {
            return new CodeFromCommand(request.codeFrom(), account.label(), Clock.systemUTC());
        }
        return terminal.interactive() ? new CodeFromPerson(terminal) : new CodeFromNobody();
    }

    private Run follow(Run run, Request request, Answering answering, Changes changes)
            throws InterruptedException {
        int shown = 0;
        long answered = System.nanoTime();
        while (true) {
            try {
                Run now = home.run(run.id());
                challenge.set(now.challengeId());
                shown = showNew(now, shown, request);
                if (now.ended()) {
                    return now;
                }
                answering.look(now.challengeId());
                answered = System.nanoTime();
            } catch (Unreachable e) {
                if (System.nanoTime() - answered > PATIENCE.toNanos()) {
                    throw e;
                }
            }
            changes.await();
        }
    }

    private int showNew(Run run, int shown, Request request) {
        List<JsonNode> events = home.events(run.id());
        for (JsonNode event : events.subList(Math.min(shown, events.size()), events.size())) {
            out.println(request.json() ? Shown.json(event) : Words.timeline(event));
        }
        out.flush();
        return Math.max(shown, events.size());
    }

    private int finish(Run end, Request request, Account account, boolean gaveUp) {
        Outcome outcome = Outcome.of(end);
        if (request.json()) {
            out.println(Shown.json(outcome));
        } else if (outcome.reason() == null) {
            out.println(Shown.text(account.label()) + " is connected.");
        } else {
            out.println(Words.failure(end));
            hint(outcome.reason(), account);
        }
        return outcome.exitCode(gaveUp);
    }

    private void hint(String reason, Account account) {
        if (reason.startsWith("LOGIN_FAILED")) {
            out.printf(
                    "Correct it with: ./keyturn sign-in %s --label %s --update%n",
                    Shown.text(account.connector()), Shown.shellWord(account.label()));
        }
    }

    private void sayHowToGoOn(Run run) {
        err.println();
        err.println("The run goes on. See it with: ./keyturn events " + run.id());
        UUID open = challenge.get();
        if (open != null) {
            err.println("Enter the code with: ./keyturn code " + open);
        }
        err.flush();
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // We are on our way out: the hook has spoken.
        }
    }
}
