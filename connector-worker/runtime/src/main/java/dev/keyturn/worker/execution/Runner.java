package dev.keyturn.worker.execution;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.RunStopped;
import dev.keyturn.service.threads.Threads;
import dev.keyturn.values.Reason;
import dev.keyturn.worker.account.KeptSessions;
import dev.keyturn.worker.claim.Claim;
import dev.keyturn.worker.connectors.Connectors;
import dev.keyturn.worker.connectors.Loaded;
import dev.keyturn.worker.http.HostRules;
import dev.keyturn.worker.http.HttpSessions;
import dev.keyturn.worker.keys.Keys;
import dev.keyturn.worker.lease.Instance;
import dev.keyturn.worker.run.Ending;
import dev.keyturn.worker.run.Standing;
import dev.keyturn.worker.store.RunTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a connector work on a run, on the run's own thread, and writes how it ended. */
@ApplicationScoped
public class Runner {

    private final Connectors connectors;
    private final Keys keys;
    private final KeptSessions sessions;
    private final HttpSessions http;
    private final Instance instance;
    private final RunTable runs;
    private final Threads threads;
    private final Writes writes;
    private final Verbs verbs;
    private final Steps steps;
    private final Asking asking;
    private final Challenges challenges;
    private final Budgets budgets;
    private final Endings endings;

    Runner(
            Connectors connectors,
            Keys keys,
            KeptSessions sessions,
            HttpSessions http,
            Instance instance,
            RunTable runs,
            Threads threads,
            Writes writes,
            Verbs verbs,
            Steps steps,
            Asking asking,
            Challenges challenges,
            Budgets budgets,
            Endings endings) {
        this.connectors = connectors;
        this.keys = keys;
        this.sessions = sessions;
        this.http = http;
        this.instance = instance;
        this.runs = runs;
        this.threads = threads;
        this.writes = writes;
        this.verbs = verbs;
        this.steps = steps;
        this.asking = asking;
        this.challenges = challenges;
        this.budgets = budgets;
        this.endings = endings;
    }

    /** Returns when the run is over, or goes on elsewhere. */
    void run(Execution execution) {
        Claim claim = execution.claim();
        Loaded connector = connectors.find(claim.run().connector()).orElseThrow();
        RunContext run =
                new RunContext(
                        execution,
                        connector.info(),
                        connectors.settings(claim.run().connector()),
                        new KeptFields(claim, keys));
        outcome(run, connector).ifPresent(ending -> end(run, ending));
    }

    /** How the connector ended; empty if it was stopped, since whoever did that says the rest. */
    private Optional<Ending> outcome(RunContext run, Loaded connector) {
        Optional<Ending> ending;
        try {
            if (run.run().standing() instanceof Standing.Claimed claimed && claimed.waiting()) {
                asking.awaitAnswer(run);
            }
            open(run, connector);
            connector.connector().run(new RunLogin(run, verbs, steps, asking, budgets));
            ending = Optional.of(new Ending.Finished());
        } catch (RunStopped stopped) {
            ending = wasStopped(run) ? Optional.empty() : Optional.of(unexpected(run, stopped));
        } catch (ConnectorFailure failure) {
            ending = Optional.of(Failures.of(run.run(), failure, run.masking()));
        } catch (Throwable uncaught) { // a connector's fault, whatever it is, ends its own run only
            ending = Optional.of(unexpected(run, uncaught));
        }
        return run.execution().isStopped() ? Optional.empty() : ending;
    }

    private static boolean wasStopped(RunContext run) {
        return run.execution().isStopped() || run.execution().isLettingGo();
    }

    private static Ending unexpected(RunContext run, Throwable uncaught) {
        return Failures.of(run.run(), uncaught);
    }

    private void open(RunContext run, Loaded connector) {
        Map<String, String> fields = new KeptFields(run.claim(), keys).all();
        byte @Nullable [] jar =
                run.run().fresh() ? null : sessions.open(run.run().accountId(), run.claim().kept());
        run.opened(
                http.open(
                        HostRules.of(connector.info(), fields, run.settings()),
                        jar,
                        new SiteGate(run, instance, writes, runs, threads)));
    }

    private void end(RunContext run, Ending ending) {
        try {
            refusedForGood(run, ending);
            Ending told = withUntil(run, ending);
            @Nullable String session =
                    ending instanceof Ending.Finished ? verbs.sealedSession(run) : null;
            writes.run(
                    run.execution(),
                    tx -> {
                        verbs.keepSession(tx, run, session);
                        boolean _ = endings.end(tx, run.run(), run.claim().epoch(), told);
                    });
        } catch (RunStopped _) {
            // Somebody else has ended it, or will.
            run.execution().stop("the run is over");
        }
    }

    /** Whoever has to do something is told from when on that helps, if nobody may be asked now. */
    private Ending withUntil(RunContext run, Ending ending) {
        return ending instanceof Ending.Failed failed
                        && failed.until() == null
                        && failed.reason().is(Reason.USER_ACTION_NEEDED)
                        && run.run().isManual()
                ? budgets.spentUntil(run).map(failed::toUntil).orElse(failed)
                : ending;
    }

    /** The site refused the last code and takes no other: that is told before the end. */
    private void refusedForGood(RunContext run, Ending ending) {
        var last = run.lastChallenge();
        if (last != null
                && run.isCodeInUse()
                && ending instanceof Ending.Failed failed
                && (failed.reason().is(Reason.WRONG_TWOFA_CODE)
                        || failed.reason().is(Reason.TOO_MANY_ATTEMPTS))) {
            challenges.refuse(run, Refusal.bySite(last, failed.words()));
        }
    }
}
