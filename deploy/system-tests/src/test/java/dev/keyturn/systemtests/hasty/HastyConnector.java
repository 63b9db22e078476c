package dev.keyturn.systemtests.hasty;

import dev.keyturn.sdk.Budget;
import dev.keyturn.sdk.Connector;
import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Field;
import dev.keyturn.sdk.Login;
import dev.keyturn.sdk.TwoFaCode;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.sdk.TwoFaType;
import java.time.Duration;
import java.time.Instant;

/** Asks for a code that is soon too late, and takes any; it has no site. */
public final class HastyConnector implements Connector {

    /** Its name in the catalogue. */
    public static final String SLUG = "hasty";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Needed by the service loader. */
    public HastyConnector() {}

    @Override
    public ConnectorInfo info() {
        return ConnectorInfo.of(SLUG, "Hasty", "1.0.0")
                .fields(Field.text("login", "Login"))
                .factors(TwoFaType.SMS)
                .codes(Duration.ofMinutes(10), 10)
                .perHour(100, Budget.MOST)
                .asSandbox();
    }

    @Override
    public void run(Login login) {
        login.deactivateAutoSuccessfulLogin();
        TwoFaCode code =
                login.waitForTwoFaCode(
                        TwoFaOptions.of(TwoFaType.SMS).until(Instant.now().plus(PATIENCE)));
        boolean _ = login.step("take code", Boolean.class, () -> !code.reveal().isEmpty());
        login.notifySuccessfulLogin();
    }
}
