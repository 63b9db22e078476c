package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.values.Reason;
import dev.keyturn.worker.lease.Instance;
import dev.keyturn.worker.testing.Others;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A run that is claimed a second time, by the same code as the first. */
@QuarkusTest
class ClaimedAgainTest extends WorkerIntegration {

    @Inject Instance instance;

    @Test
    void itGoesOnWithItsFinishedStepsAndTheSameChallenge() {
        Person ada = person();
        ada.saves("kept");
        UUID run = ada.runs();
        TwoFaRequested fact = others.fact(ada.account, TwoFaRequested.class);
        String key = value("select private_key from checkpoint where run_id = $1", run);
        givenBack(run);
        assertThat(others.fact(ada.account, RunAdopted.class).epoch()).isEqualTo(2);
        Others.Asked again = others.asked(ada.account, 1);
        assertThat((OpenChallenge) again.command())
                .returns(fact.challengeId(), OpenChallenge::challengeId)
                .returns(fact.deadline(), OpenChallenge::deadline)
                .returns(fact.sealTo(), OpenChallenge::sealTo)
                .returns(2L, OpenChallenge::epoch);
        assertThat(value("select private_key from checkpoint where run_id = $1", run))
                .isEqualTo(key);
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertThat(site.codes()).containsExactly(Site.CODE);
        assertThat(others.names(run))
                .containsExactly(
                        "LoginStarted",
                        "AutoSuccessDisabled",
                        "TwoFaRequested",
                        "RunAdopted",
                        "LoginSucceeded",
                        "RunFinished");
        assertThat(value("select count(*) from journal where run_id = $1", run)).isEqualTo("3");
    }

    @Test
    void aCodeThatMayHaveBeenUsedIsNotUsedAgain() {
        Person ada = person();
        ada.saves("code-slow");
        UUID run = ada.runs();
        ada.types(0, Site.CODE);
        await().atMost(PATIENCE)
                .until(
                        () ->
                                value("select state from checkpoint where run_id = $1", run)
                                        .equals("REVEALED"));
        givenBack(run);
        RunFailed failed = others.fact(ada.account, RunFailed.class);
        assertThat(failed.reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(failed.epoch()).isEqualTo(2);
        assertThat(others.of(ada.account, TwoFaRequested.class)).hasSize(1);
        site.releaseSlow();
        awaitIdle();
        assertThat(others.names(run)).endsWith("RunAdopted", "RunFailed");
    }

    @Test
    void aRunThatComesAnotherWayEndsWithAnErrorOfItsOwn() {
        Person ada = person();
        ada.saves("other-way");
        UUID run = ada.runs();
        others.fact(ada.account, TwoFaRequested.class);
        givenBack(run);
        RunFailed failed = others.fact(ada.account, RunFailed.class);
        assertThat(failed.reason()).isEqualTo(Reason.UNKNOWN_ERROR);
        assertThat(failed.words()).contains("both ways must be the same");
    }

    @Test
    void connectorsThatStarveAllOthersDoNotCostTheLease() {
        UUID before = instance.id();
        Person one = person();
        Person two = person();
        one.saves("spin");
        two.saves("spin");
        UUID _ = one.runs();
        UUID _ = two.runs();
        others.fact(one.account, RunFinished.class);
        others.fact(two.account, RunFinished.class);
        assertThat(instance.id()).isEqualTo(before);
    }

    private void givenBack(UUID run) {
        change("update run set state = 'QUEUED', holder = null where run_id = $1", run);
    }
}
