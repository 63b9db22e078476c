package dev.keyturn.worker.execution;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Document;
import dev.keyturn.sdk.Reason;
import dev.keyturn.service.db.Tx;
import dev.keyturn.worker.account.KeptSessions;
import dev.keyturn.worker.challenge.SiteText;
import dev.keyturn.worker.documents.DocumentStore;
import dev.keyturn.worker.documents.StoredDocument;
import dev.keyturn.worker.run.FactIds;
import dev.keyturn.worker.store.DocumentTable;
import dev.keyturn.worker.store.Messages;
import dev.keyturn.worker.store.RunTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The verbs by which a connector says where it stands. */
@ApplicationScoped
public class Verbs {

    private final Writes writes;
    private final RunTable runs;
    private final DocumentTable known;
    private final DocumentStore store;
    private final KeptSessions sessions;
    private final Messages messages;
    private final Clock clock;

    Verbs(
            Writes writes,
            RunTable runs,
            DocumentTable known,
            DocumentStore store,
            KeptSessions sessions,
            Messages messages,
            Clock clock) {
        this.writes = writes;
        this.runs = runs;
        this.known = known;
        this.store = store;
        this.sessions = sessions;
        this.messages = messages;
        this.clock = clock;
    }

    void disableAutoSuccess(RunContext run) {
        if (run.isAutoSuccessDisabled()) {
            return;
        }
        writes.run(
                run.execution(),
                tx -> {
                    if (runs.disableAutoSuccess(tx, run.run().id(), run.claim().epoch())) {
                        messages.fact(
                                tx,
                                run.facts(clock.instant()).autoSuccessDisabled(),
                                run.claim().traceparent());
                    }
                });
        run.autoSuccessIsDisabled();
    }

    void succeedLogin(RunContext run) {
        if (run.isLoginSucceeded() && !run.isCodeInUse()) {
            return;
        }
        @Nullable String jar = sealedSession(run);
        writes.run(
                run.execution(),
                tx -> {
                    if (runs.succeedLogin(tx, run.run().id(), run.claim().epoch())) {
                        messages.fact(
                                tx,
                                run.facts(clock.instant()).loginSucceeded(),
                                run.claim().traceparent());
                    }
                    keepSession(tx, run, jar);
                });
        run.loginHasSucceeded();
        run.codeInUse(false);
    }

    void saveDocument(RunContext run, Document document) {
        byte[] content = document.content();
        String sha256 = StoredDocument.sha256(content);
        // The same content has the same id, so that what a crash leaves behind is found again.
        UUID id = FactIds.of(run.run().accountId(), "document/" + sha256, 0);
        boolean isKnown =
                writes.write(run.execution(), tx -> known.has(tx, run.run().accountId(), sha256));
        if (!isKnown) {
            store(run, document, write(run, id, content), id);
        }
        acceptCode(run);
    }

    private void store(RunContext run, Document document, StoredDocument stored, UUID id) {
        writes.run(
                run.execution(),
                tx -> {
                    if (known.add(
                            tx, run.run().accountId(), stored.sha256(), id, clock.instant())) {
                        messages.fact(
                                tx,
                                run.facts(clock.instant())
                                        .documentSaved(
                                                id,
                                                name(run, document),
                                                SiteText.limited(
                                                        document.mediaType(), SiteText.LABEL),
                                                stored.size(),
                                                stored.sha256(),
                                                stored.key()),
                                run.claim().traceparent());
                    }
                });
    }

    private static String name(RunContext run, Document document) {
        String name = SiteText.limited(run.masking().apply(document.name()), SiteText.LABEL);
        return name.isEmpty() ? "document" : name;
    }

    private StoredDocument write(RunContext run, UUID id, byte[] content) {
        try {
            return store.write(run.run().accountId(), id, content);
        } catch (DocumentStore.NoRoom e) {
            throw ConnectorFailure.of(
                    Reason.DISK_QUOTA_EXCEEDED, "There is no room for a document.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The site took the last code: its session is kept, so that a failure costs no other code. */
    private void acceptCode(RunContext run) {
        if (run.isCodeInUse()) {
            @Nullable String jar = sealedSession(run);
            writes.run(run.execution(), tx -> keepSession(tx, run, jar));
            run.codeInUse(false);
        }
    }

    /** The session as it is now, sealed; null if it is too large to be kept. */
    @Nullable String sealedSession(RunContext run) {
        return sessions.seal(run.run().accountId(), run.claim().kept(), run.session().exportJar());
    }

    void keepSession(Tx tx, RunContext run, @Nullable String sealed) {
        sessions.save(tx, run.run().accountId(), run.claim().kept(), sealed);
    }
}
