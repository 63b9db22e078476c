package dev.keyturn.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Reason;
import dev.keyturn.values.Trigger;
import dev.keyturn.worker.run.Ending;
import dev.keyturn.worker.run.Run;
import dev.keyturn.worker.run.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private static final Instant THEN = Instant.parse("2026-01-01T10:00:00Z");
    private static final Run RUN =
            new Run(
                    new UUID(0, 1),
                    new UUID(0, 2),
                    new UUID(0, 3),
                    "site",
                    Trigger.MANUAL,
                    false,
                    THEN,
                    Duration.ofHours(1),
                    null,
                    new Standing.Queued(0));

    private static final Masking NOTHING_SECRET = Masking.of(List.of());

    @Test
    void whatNobodyExpectedIsLoggedWithoutAWordOfIt() {
        Throwable failure =
                new IllegalStateException(
                        "password hunter2", new NumberFormatException("For input: \"hunter2\""));
        assertThat(Failures.withoutMessages(failure))
                .contains("java.lang.IllegalStateException", "java.lang.NumberFormatException")
                .contains("FailuresTest")
                .doesNotContain("hunter2");
    }

    @Test
    void whatNobodyExpectedIsAnUnknownErrorWithACorrelationId() {
        Ending.Failed ending = Failures.of(RUN, new IllegalStateException("hunter2"));
        assertThat(ending.reason()).isEqualTo(dev.keyturn.values.Reason.UNKNOWN_ERROR);
        assertThat(ending.words()).isNull();
        assertThat(ending.correlationId()).isNotBlank();
    }

    @Test
    void theSitesWordsComeBeforeTheConnectorsOwn() {
        assertThat(
                        Failures.of(
                                RUN,
                                ConnectorFailure.said(Reason.LOGIN_FAILED, "Wrong\u0007!"),
                                NOTHING_SECRET))
                .isEqualTo(
                        new Ending.Failed(
                                dev.keyturn.values.Reason.LOGIN_FAILED, "Wrong !", null, null));
        assertThat(
                        Failures.of(
                                RUN,
                                ConnectorFailure.of(Reason.VENDOR_DOWN, "It is down."),
                                NOTHING_SECRET))
                .isEqualTo(
                        new Ending.Failed(
                                dev.keyturn.values.Reason.VENDOR_DOWN, "It is down.", null, null));
    }

    @Test
    void aSecretInTheWordsIsNotPassedOn() {
        Masking masking = Masking.of(List.of("hunter2"));
        assertThat(
                        Failures.of(
                                        RUN,
                                        ConnectorFailure.of(
                                                Reason.LOGIN_FAILED, "hunter2 is no password."),
                                        masking)
                                .words())
                .isEqualTo("•••• is no password.");
        assertThat(
                        Failures.of(
                                        RUN,
                                        ConnectorFailure.said(
                                                Reason.LOGIN_FAILED, "Not \"hunter2\"!"),
                                        masking)
                                .words())
                .isEqualTo("Not \"••••\"!");
    }

    @Test
    void aReasonThatSaysItAllHasNoWords() {
        assertThat(
                        Failures.of(
                                RUN,
                                ConnectorFailure.of(Reason.MAINTENANCE).until(THEN),
                                NOTHING_SECRET))
                .isEqualTo(
                        new Ending.Failed(dev.keyturn.values.Reason.MAINTENANCE, null, null, THEN));
    }
}
