package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.events.RunFailed;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.Reason;
import dev.keyturn.worker.execution.Executions;
import dev.keyturn.worker.lease.Instance;
import dev.keyturn.worker.testing.Person;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StopTest extends WorkerIntegration {

    @Inject Executions executions;
    @Inject Instance instance;

    @Test
    void aStoppingWorkerLetsAStepFinishBeginsNoneAndEndsWhatWaits() {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        TwoFaRequested fact = others.fact(ada.account, TwoFaRequested.class);
        Person emil = person();
        emil.saves("slow");
        UUID slow = emil.runs();
        await().atMost(PATIENCE).until(() -> slots.working() == 1 && slots.waiting() == 1);
        await().atMost(PATIENCE).until(() -> others.names(slow).contains("AutoSuccessDisabled"));
        Thread stopping = Thread.ofVirtual().start(() -> stop(PATIENCE));
        others.fact(ada.account, RunFailed.class);
        assertThat(stopping.isAlive()).isTrue();
        site.releaseSlow();
        await().atMost(PATIENCE).until(() -> !stopping.isAlive());
        assertThat(others.fact(ada.account, RunFailed.class).reason())
                .isEqualTo(Reason.INTERRUPTED);
        assertThat(others.fact(emil.account, RunFailed.class).reason())
                .isEqualTo(Reason.INTERRUPTED);
        await().atMost(PATIENCE).until(() -> others.closings(ada.account).count() == 1);
        assertThat(others.closings(ada.account).findFirst().orElseThrow())
                .returns(fact.challengeId(), c -> c.challengeId())
                .returns(ChallengeOutcome.RUN_ENDED, c -> c.outcome());
        assertThat(site.requests()).contains("GET /slow").doesNotContain("GET /home");
        assertThat(
                        value(
                                "select string_agg(name || ' ' || done, ', ') from journal where"
                                        + " run_id = $1",
                                slow))
                .isEqualTo("slow true");
    }

    @Test
    void aStepThatDoesNotFinishInTimeIsNotWaitedForAnyLonger() {
        Person emil = person();
        emil.saves("slow");
        UUID slow = emil.runs();
        await().atMost(PATIENCE).until(() -> others.names(slow).contains("AutoSuccessDisabled"));
        stop(Duration.ofSeconds(1));
        assertThat(others.fact(emil.account, RunFailed.class).reason())
                .isEqualTo(Reason.INTERRUPTED);
        site.releaseSlow();
        awaitIdle();
    }

    private void stop(Duration within) {
        boolean _ =
                onVirtualThread(
                        () -> {
                            executions.stop(instance.id(), within);
                            return true;
                        });
    }
}
