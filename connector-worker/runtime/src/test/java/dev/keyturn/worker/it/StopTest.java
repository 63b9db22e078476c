package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.worker.execution.Executions;
import dev.keyturn.worker.lease.Instance;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
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
    void aStoppingWorkerLetsAStepFinishBeginsNoneAndGivesItsRunsBack() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        TwoFaRequested fact = others.fact(ada.account, TwoFaRequested.class);
        Person emil = person();
        emil.saves("slow");
        UUID slow = emil.runs();
        await().atMost(PATIENCE).until(() -> slots.working() == 1 && slots.waiting() == 1);
        await().atMost(PATIENCE).until(() -> others.names(slow).contains("AutoSuccessDisabled"));
        Thread stopping = Thread.ofVirtual().start(() -> stop(PATIENCE));
        // Given back before the other's step has finished, and taken by the next at once.
        others.fact(ada.account, RunAdopted.class);
        assertThat(stopping.isAlive()).isTrue();
        OpenChallenge again = (OpenChallenge) others.asked(ada.account, 1).command();
        assertThat(again.challengeId()).isEqualTo(fact.challengeId());
        site.releaseSlow();
        await().atMost(PATIENCE).until(() -> !stopping.isAlive());
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        others.fact(emil.account, RunFinished.class);
        assertThat(others.names(run))
                .containsSubsequence("TwoFaRequested", "RunAdopted", "LoginSucceeded")
                .containsOnlyOnce("TwoFaRequested");
        assertThat(site.requests()).containsOnlyOnce("GET /slow");
        awaitIdle();
    }

    @Test
    void aStepThatDoesNotFinishInTimeIsNotWaitedForAnyLonger() {
        Person emil = person();
        emil.saves("slow");
        UUID run = emil.runs();
        await().atMost(PATIENCE).until(() -> others.names(run).contains("AutoSuccessDisabled"));
        stop(Duration.ofSeconds(1));
        assertThat(others.fact(emil.account, RunAdopted.class).epoch()).isEqualTo(2);
        site.releaseSlow();
        others.fact(emil.account, RunFinished.class);
        assertThat(others.names(run)).containsOnlyOnce("RunFinished");
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
