package dev.keyturn.worker.execution;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Reason;
import dev.keyturn.service.db.Tx;
import dev.keyturn.worker.journal.Entry;
import dev.keyturn.worker.journal.Found;
import dev.keyturn.worker.store.CheckpointTable;
import dev.keyturn.worker.store.JournalTable;
import dev.keyturn.worker.store.RunTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does steps, or returns what they returned. */
@ApplicationScoped
public class Steps {

    private final JournalTable journals;
    private final CheckpointTable checkpoints;
    private final RunTable runs;
    private final Writes writes;
    private final StepResults results;

    Steps(
            JournalTable journals,
            CheckpointTable checkpoints,
            RunTable runs,
            Writes writes,
            StepResults results) {
        this.journals = journals;
        this.checkpoints = checkpoints;
        this.runs = runs;
        this.writes = writes;
        this.results = results;
    }

    <T> T run(RunContext run, String name, boolean once, Class<T> type, Supplier<T> body) {
        run.execution().goesOn(false);
        RunContext.@Nullable Current outer = run.current();
        if (outer != null) {
            throw new IllegalStateException(
                    "step " + name + ": steps do not nest, " + outer.name() + " is not finished");
        }
        return switch (run.journal().next(Entry.Kind.STEP, name)) {
            case Found.Nothing(int position) ->
                    perform(run, new RunContext.Current(position, name), once, body);
            case Found.Finished(Entry entry) -> remembered(run, entry, type);
            case Found.Begun(Entry entry) -> throw interrupted(entry.name());
            case Found.Different different -> throw otherWay(different);
        };
    }

    private <T> T perform(RunContext run, RunContext.Current step, boolean once, Supplier<T> body) {
        if (once) {
            writes.run(run.execution(), tx -> begun(tx, run, step));
        }
        T result;
        run.enter(step);
        try {
            result = body.get();
        } finally {
            run.leave();
        }
        String sealed = results.seal(run.run().id(), step, result, run.session().exportJar());
        writes.run(run.execution(), tx -> finished(tx, run, step, once, sealed));
        return result;
    }

    private <T> T remembered(RunContext run, Entry entry, Class<T> type) {
        StepResults.Found<T> found =
                results.open(
                        run.run().id(),
                        new RunContext.Current(entry.position(), entry.name()),
                        Objects.requireNonNull(entry.sealed(), "a finished step has a result"),
                        type);
        run.session().restoreJar(found.jar());
        return found.result();
    }

    /** That a step was begun which must not be done twice. */
    void begun(Tx tx, RunContext run, RunContext.Current step) {
        journals.write(
                tx,
                run.run().id(),
                run.claim().epoch(),
                step.position(),
                Entry.Kind.STEP,
                step.name(),
                true,
                false,
                null);
    }

    // A step that ended after a reveal passes its challenge: nobody can open the code any more.
    private void finished(
            Tx tx, RunContext run, RunContext.Current step, boolean once, String sealed) {
        journals.write(
                tx,
                run.run().id(),
                run.claim().epoch(),
                step.position(),
                Entry.Kind.STEP,
                step.name(),
                once,
                true,
                sealed);
        checkpoints.passRevealed(tx, run.run().id());
        runs.progressed(tx, run.run().id(), run.claim().epoch());
    }

    static ConnectorFailure interrupted(String what) {
        return ConnectorFailure.of(
                Reason.INTERRUPTED,
                "The step " + what + " was begun by a worker that is gone; it is not repeated.");
    }

    static ConnectorFailure otherWay(Found.Different different) {
        return ConnectorFailure.of(
                Reason.UNKNOWN_ERROR,
                "The run came to %s, where it had come to %s before; both ways must be the same."
                        .formatted(different.found(), different.expected()));
    }
}
