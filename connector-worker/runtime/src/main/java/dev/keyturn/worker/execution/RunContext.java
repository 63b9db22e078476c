package dev.keyturn.worker.execution;

import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Cookie;
import dev.keyturn.sdk.Field;
import dev.keyturn.sdk.Fields;
import dev.keyturn.seal.Secret;
import dev.keyturn.worker.challenge.ChallengeMessages;
import dev.keyturn.worker.challenge.Checkpoint;
import dev.keyturn.worker.claim.Claim;
import dev.keyturn.worker.http.HttpSession;
import dev.keyturn.worker.journal.Journal;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.run.RunFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run knows of itself while its connector works. Used on the run's thread only. */
final class RunContext {

    /** Shorter ones hold what the site remembers of how it looks. */
    private static final int SHORTEST_COOKIE = 8;

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
    private final List<Secret> revealed = new ArrayList<>();
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

    /** A code that the connector has had; those of a worker before this one are not known. */
    void revealed(Secret code) {
        revealed.add(code);
    }

    /** Takes out of a text what this run knows to be a secret. */
    Masking masking() {
        List<String> secrets = new ArrayList<>();
        revealed.forEach(code -> secrets.add(code.reveal()));
        connector.fields().stream()
                .filter(Field::secret)
                .flatMap(field -> fields.find(field.name()).stream())
                .forEach(secrets::add);
        if (session != null) {
            session.cookies().stream()
                    .map(Cookie::value)
                    .filter(value -> value.length() >= SHORTEST_COOKIE)
                    .forEach(secrets::add);
        }
        return Masking.of(secrets);
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
