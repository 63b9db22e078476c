package dev.keyturn.benchmark.connector;

import dev.keyturn.connectors.sandbox.SandboxConnector;
import dev.keyturn.sdk.Budget;
import dev.keyturn.sdk.Connector;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Document;
import dev.keyturn.sdk.Field;
import dev.keyturn.sdk.Fields;
import dev.keyturn.sdk.Login;
import dev.keyturn.sdk.Session;
import dev.keyturn.sdk.Step;
import dev.keyturn.sdk.TwoFaCode;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.sdk.TwoFaType;
import dev.keyturn.sdk.Unattended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The sandbox connector's own code up to the instant at which it has the code, which is noted in
 * the file of the setting {@code notes}: {@code LOGIN MICROS}, microseconds since 1970. There it
 * says that it is signed in and ends, since what the site takes to judge a code is the site's time.
 */
public final class TimedConnector implements Connector {

    /** Its name in the catalogue. */
    public static final String SLUG = "benchmark";

    /** Longer than any measurement takes. */
    private static final Duration PATIENCE = Duration.ofMinutes(45);

    private final SandboxConnector sandbox = new SandboxConnector();

    /** Needed by the service loader. */
    public TimedConnector() {}

    @Override
    public ConnectorInfo info() {
        return ConnectorInfo.of(SLUG, "Benchmark", "1.0.0")
                .fields(Field.text("login", "Login"), Field.password("password", "Password"))
                .hosts("localhost")
                .factors(TwoFaType.SMS)
                .unattended(Unattended.NO)
                .codes(PATIENCE, 3)
                .perHour(3, Budget.MOST)
                .asSandbox();
    }

    @Override
    public void run(Login login) {
        try {
            sandbox.run(new Timed(login));
        } catch (HasIt _) {
            login.notifySuccessfulLogin();
        }
    }

    /** The connector has the code: nothing after this is measured. */
    private static final class HasIt extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HasIt() {
            super("the connector has the code", null, false, false);
        }
    }

    private static void note(Login login) {
        Instant now = Instant.now();
        String line =
                "%s %d%n"
                        .formatted(
                                login.fields().get("login"),
                                now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
        try {
            Files.write(
                    Path.of(login.settings().getOrDefault("notes", "")),
                    line.getBytes(StandardCharsets.US_ASCII),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A code that says when it was had. */
    private static final class TimedCode extends TwoFaCode {
        private final TwoFaCode code;
        private final Login login;

        TimedCode(TwoFaCode code, Login login) {
            this.code = code;
            this.login = login;
        }

        @Override
        protected String open() {
            String _ = code.reveal();
            note(login);
            throw new HasIt();
        }
    }

    private record Timed(Login login) implements Login {
        @Override
        public TwoFaCode waitForTwoFaCode(TwoFaOptions options) {
            TwoFaOptions patient = options.until(Instant.now().plus(PATIENCE));
            return new TimedCode(login.waitForTwoFaCode(patient), login);
        }

        @Override
        public Fields fields() {
            return login.fields();
        }

        @Override
        public Map<String, String> settings() {
            return login.settings();
        }

        @Override
        public Session session() {
            return login.session();
        }

        @Override
        public boolean isManual() {
            return login.isManual();
        }

        @Override
        public boolean mayAsk() {
            return login.mayAsk();
        }

        @Override
        public ConnectorFailure cannotAsk() {
            return login.cannotAsk();
        }

        @Override
        public void deactivateAutoSuccessfulLogin() {
            login.deactivateAutoSuccessfulLogin();
        }

        @Override
        public void notifySuccessfulLogin() {
            login.notifySuccessfulLogin();
        }

        @Override
        public Step step(String name) {
            return login.step(name);
        }

        @Override
        public void saveDocument(Document document) {
            login.saveDocument(document);
        }
    }
}
