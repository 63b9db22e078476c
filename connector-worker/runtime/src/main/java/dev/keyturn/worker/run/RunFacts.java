package dev.keyturn.worker.run;

import dev.keyturn.events.AutoSuccessDisabled;
import dev.keyturn.events.DocumentSaved;
import dev.keyturn.events.LoginFailed;
import dev.keyturn.events.LoginStarted;
import dev.keyturn.events.LoginSucceeded;
import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.WorkerFact;
import dev.keyturn.values.Reason;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The facts of a run at one epoch. */
public record RunFacts(Run run, long epoch, Instant now) {

    /** What a claim writes: the first starts the run, a later one adopts it. */
    public WorkerFact claimed() {
        return epoch == 1
                ? new LoginStarted(
                        id("LoginStarted"),
                        run.ownerId(),
                        run.accountId(),
                        run.id(),
                        epoch,
                        now,
                        run.connector(),
                        run.trigger())
                : new RunAdopted(
                        id("RunAdopted"), run.ownerId(), run.accountId(), run.id(), epoch, now);
    }

    public AutoSuccessDisabled autoSuccessDisabled() {
        return new AutoSuccessDisabled(
                id("AutoSuccessDisabled"), run.ownerId(), run.accountId(), run.id(), epoch, now);
    }

    public LoginSucceeded loginSucceeded() {
        return new LoginSucceeded(
                id("LoginSucceeded"), run.ownerId(), run.accountId(), run.id(), epoch, now);
    }

    public DocumentSaved documentSaved(
            UUID documentId, String name, String mediaType, long size, String sha256, String key) {
        return new DocumentSaved(
                FactIds.of(run.id(), "DocumentSaved/" + documentId, epoch),
                run.ownerId(),
                run.accountId(),
                run.id(),
                epoch,
                now,
                documentId,
                name,
                mediaType,
                size,
                sha256,
                key);
    }

    /** What an end writes, in this order. */
    public List<WorkerFact> ended(Ending ending) {
        return switch (ending) {
            case Ending.Finished _ ->
                    List.of(
                            new RunFinished(
                                    id("RunFinished"),
                                    run.ownerId(),
                                    run.accountId(),
                                    run.id(),
                                    epoch,
                                    now));
            case Ending.Failed failed when failed.reason().is(Reason.LOGIN_FAILED) ->
                    List.of(loginFailed(failed), runFailed(failed));
            case Ending.Failed failed -> List.of(runFailed(failed));
        };
    }

    private LoginFailed loginFailed(Ending.Failed failed) {
        return new LoginFailed(
                id("LoginFailed"),
                run.ownerId(),
                run.accountId(),
                run.id(),
                epoch,
                now,
                failed.reason(),
                failed.words());
    }

    private RunFailed runFailed(Ending.Failed failed) {
        return new RunFailed(
                id("RunFailed"),
                run.ownerId(),
                run.accountId(),
                run.id(),
                epoch,
                now,
                failed.reason(),
                failed.words(),
                failed.correlationId(),
                failed.until());
    }

    private UUID id(String what) {
        return FactIds.of(run.id(), what, epoch);
    }
}
