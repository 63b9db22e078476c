package dev.keyturn.worker.execution;

import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Fields;
import dev.keyturn.worker.challenge.ChallengeMessages;
import dev.keyturn.worker.challenge.Checkpoint;
import dev.keyturn.worker.claim.Claim;
import dev.keyturn.worker.http.HttpSession;
import dev.keyturn.worker.journal.Journal;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.run.RunFacts;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run knows of itself while its connector works. Used on the run's thread only. */
final class RunContext {

    /** A step that is being done. */
    record Current(int position, String name) {}

    private final Execution execution;
    private final ConnectorInfo connector;
    private final Map<String, String> settings;
    private final Fields fields;
    private final Journal journal;
    private @Nullable HttpSession session;
    private @Nullable Current current;
    private @Nullable Checkpoint lastChallenge;
    private boolean codeInUse;
    private boolean autoSuccessDisabled;
    private boolean loginSucceeded;

    RunContext(
            Execution execution,
            ConnectorInfo connector,
            Map<String, String> settings,
            Fields fields) {
        this.execution = execution;
        this.connector = connector;
        this.settings = settings;
        this.fields = fields;
        this.journal = new Journal(execution.claim().journal());
    }

    Execution execution() {
        return execution;
    }

    Claim claim() {
        return execution.claim();
    }

    Run run() {
        return claim().run();
    }

    ConnectorInfo connector() {
        return connector;
    }

    Map<String, String> settings() {
        return settings;
    }

    Fields fields() {
        return fields;
    }

    Journal journal() {
        return journal;
    }

    void opened(HttpSession opened) {
        session = opened;
    }

    HttpSession session() {
        if (session == null) {
            throw new IllegalStateException("session: must be opened before the connector runs");
        }
        return session;
    }

    RunFacts facts(Instant now) {
        return new RunFacts(run(), claim().epoch(), now);
    }

    ChallengeMessages challenges(Instant now) {
        return new ChallengeMessages(run(), claim().epoch(), now);
    }

    /** The step that is being done; null between steps. */
    @Nullable Current current() {
        return current;
    }

    void enter(Current step) {
        current = step;
    }

    void leave() {
        current = null;
    }

    boolean isInStep() {
        return current != null;
    }

    /** The challenge whose code the site has, or had, to judge; null if there was none. */
    @Nullable Checkpoint lastChallenge() {
        return lastChallenge;
    }

    void answered(Checkpoint challenge) {
        lastChallenge = challenge;
    }

    /** Whether a code was revealed and neither accepted nor refused yet. */
    boolean isCodeInUse() {
        return codeInUse;
    }

    void codeInUse(boolean value) {
        codeInUse = value;
    }

    boolean isAutoSuccessDisabled() {
        return autoSuccessDisabled;
    }

    void autoSuccessIsDisabled() {
        autoSuccessDisabled = true;
    }

    boolean isLoginSucceeded() {
        return loginSucceeded;
    }

    void loginHasSucceeded() {
        loginSucceeded = true;
    }
}
