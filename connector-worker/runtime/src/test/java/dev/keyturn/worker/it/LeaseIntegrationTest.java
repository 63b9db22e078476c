package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.events.AutoSuccessDisabled;
import dev.keyturn.events.LoginStarted;
import dev.keyturn.events.RunAdopted;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.values.Reason;
import dev.keyturn.worker.lease.Instance;
import dev.keyturn.worker.store.InstanceTable;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LeaseIntegrationTest extends WorkerIntegration {

    private static final String STATE = "select state from instance where instance_id = $1";

    @Inject Instance instance;
    @Inject InstanceTable instances;

    @Test
    void aRunThatWaitsIsAdoptedWithTheSameChallengeWhenItsHoldersLeaseIsOver() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        TwoFaRequested fact = others.fact(ada.account, TwoFaRequested.class);
        givenTo(run, otherInstance("gone", "now() - interval '1 second'"));
        assertThat(others.fact(ada.account, RunAdopted.class).epoch()).isEqualTo(2);
        assertThat((OpenChallenge) others.asked(ada.account, 1).command())
                .returns(fact.challengeId(), OpenChallenge::challengeId)
                .returns(fact.deadline(), OpenChallenge::deadline)
                .returns(2L, OpenChallenge::epoch);
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertThat(site.codes()).containsExactly(Site.CODE);
        assertThat(others.closings(ada.account)).isEmpty();
        assertThat(others.of(ada.account, TwoFaRequested.class)).hasSize(1);
        awaitIdle();
    }

    @Test
    void allRunsThatWaitedInADeadWorkerAreAdoptedInOneTransaction() {
        UUID holder = otherInstance("holder of many", "now() + interval '1 hour'");
        Map<Person, UUID> waiting = new LinkedHashMap<>();
        for (int i = 0; i < 12; i++) {
            Person person = person();
            person.saves("code");
            UUID run = person.runs();
            others.fact(person.account, TwoFaRequested.class);
            givenTo(run, holder);
            waiting.put(person, run);
        }
        change("update instance set state = 'DEAD' where instance_id = $1", holder);
        waiting.forEach(
                (person, _) -> {
                    assertThat(others.fact(person.account, RunAdopted.class).epoch()).isEqualTo(2);
                    assertThat(others.asked(person.account, 1).command())
                            .returns(2L, c -> ((OpenChallenge) c).epoch());
                });
        assertThat(
                        waiting.values().stream()
                                .map(run -> value("select xmin from run where run_id = $1", run)))
                .as("transactions that wrote the rows")
                .containsOnly(
                        value(
                                "select xmin from run where run_id = $1",
                                waiting.values().iterator().next()));
        waiting.keySet().forEach(person -> person.types(0, Site.CODE));
        waiting.keySet().forEach(person -> others.fact(person.account, RunFinished.class));
        awaitIdle();
    }

    @Test
    void aRunThatHasKilledItsHolderThreeTimesIsNotGivenToAFourth() {
        Person emil = person();
        emil.saves("slow");
        UUID run = emil.runs();
        others.fact(emil.account, AutoSuccessDisabled.class);
        for (int death = 1; death <= 2; death++) {
            givenTo(run, otherInstance("killed-" + death, "now() - interval '1 second'"));
            others.fact(emil.account, RunAdopted.class, death - 1);
        }
        givenTo(run, otherInstance("killed-3", "now() - interval '1 second'"));
        assertThat(others.fact(emil.account, RunFailed.class).reason())
                .isEqualTo(Reason.INTERRUPTED);
        assertThat(others.of(emil.account, RunAdopted.class)).hasSize(2);
        site.releaseSlow();
        awaitIdle();
    }

    @Test
    void whatWasSentOutsideOfAStepIsNotRepeatedByAnother() {
        Person emil = person();
        emil.saves("slow");
        UUID run = emil.runs();
        others.fact(emil.account, AutoSuccessDisabled.class);
        change("update run set unsafe_request = true where run_id = $1", run);
        givenTo(run, otherInstance("gone while it sent", "now() - interval '1 second'"));
        assertThat(others.fact(emil.account, RunFailed.class).reason())
                .isEqualTo(Reason.INTERRUPTED);
        assertThat(others.of(emil.account, RunAdopted.class)).isEmpty();
        site.releaseSlow();
        awaitIdle();
    }

    @Test
    void runsOfALivingWorkerAreLeftAlone() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        others.fact(ada.account, TwoFaRequested.class);
        UUID living = otherInstance("living", "now() + interval '1 hour'");
        givenTo(run, living);
        Person emil = person();
        emil.saves("plain");
        UUID _ = emil.runs();
        others.fact(emil.account, RunFinished.class);
        assertThat(others.of(ada.account, RunAdopted.class)).isEmpty();
        change("update instance set state = 'STOPPED' where instance_id = $1", living);
        others.fact(ada.account, RunAdopted.class);
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
    }

    @Test
    void aCancelledRunOfADeadWorkerEndsAsCancelled() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        others.fact(ada.account, TwoFaRequested.class);
        UUID living = otherInstance("slow to hear", "now() + interval '1 hour'");
        givenTo(run, living);
        ada.cancels(run);
        await().atMost(PATIENCE)
                .until(
                        () ->
                                value("select cancel_asked from run where run_id = $1", run)
                                        .equals("true"));
        change("update instance set state = 'DEAD' where instance_id = $1", living);
        assertThat(others.fact(ada.account, RunFailed.class).reason()).isEqualTo(Reason.CANCELLED);
    }

    @Test
    void aWorkerWhoseLeaseOthersEndedDropsItsRunsAndGoesOnUnderANewId() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        others.fact(ada.account, TwoFaRequested.class);
        UUID before = instance.id();
        double lost = count("keyturn.worker.leases.lost");
        change("update instance set state = 'DEAD' where instance_id = $1", before);
        await().atMost(PATIENCE).until(() -> !instance.id().equals(before));
        assertThat(count("keyturn.worker.leases.lost")).isEqualTo(lost + 1);
        await().atMost(PATIENCE).until(instance::holds);
        others.fact(ada.account, RunAdopted.class);
        // It may have been adopted under the old id first, before the loss was noticed.
        await().atMost(PATIENCE)
                .until(
                        () ->
                                value("select holder from run where run_id = $1", run)
                                        .equals(instance.id().toString()));
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        awaitIdle();
    }

    @Test
    void whoStartsUnderANameEndsTheLeaseOfAnEarlierOneOfThatName() {
        UUID earlier = otherInstance("restarted", "now() + interval '1 hour'");
        UUID other = otherInstance("another", "now() + interval '1 hour'");
        boolean _ =
                onVirtualThread(
                        () -> {
                            database.run(
                                    tx ->
                                            instances.start(
                                                    tx,
                                                    UUID.randomUUID(),
                                                    "restarted",
                                                    Duration.ofHours(1)));
                            return true;
                        });
        assertThat(value(STATE, earlier)).isEqualTo("STOPPED");
        assertThat(value(STATE, other)).isEqualTo("LIVE");
    }

    @Test
    void whileTheLeaseCannotBeRenewedNothingIsSentAndAfterwardsEverythingGoesOn() throws Exception {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        others.asked(ada.account, 0);
        Person emil = person();
        emil.saves("loop");
        UUID endless = emil.runs();
        others.fact(emil.account, LoginStarted.class);
        int gaps = instance.gaps();
        try (Connection blocker = admin()) {
            blocker.setAutoCommit(false);
            blocker.createStatement()
                    .execute("lock table worker.instance in access exclusive mode");
            await().atMost(PATIENCE).until(() -> !instance.holds());
            await().atMost(PATIENCE).until(this::nothingIsSent);
            blocker.rollback();
        }
        await().atMost(PATIENCE).until(instance::holds);
        assertThat(instance.gaps()).isGreaterThan(gaps);
        await().atMost(PATIENCE).until(() -> !nothingIsSent());
        others.asked(ada.account, 1);
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertThat(others.of(emil.account, RunFailed.class)).isEmpty();
        emil.cancels(endless);
        others.fact(emil.account, RunFailed.class);
        awaitIdle();
    }

    private boolean nothingIsSent() {
        int before = site.requests().size();
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        return site.requests().size() == before;
    }

    @Test
    void aDatabaseThatDropsItsConnectionsCostsNoRun() throws Exception {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        others.asked(ada.account, 0);
        try (Connection admin = admin()) {
            admin.createStatement()
                    .execute(
                            "select pg_terminate_backend(pid) from pg_stat_activity where usename ="
                                    + " 'worker'");
        }
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        Person emil = person();
        emil.saves("plain");
        UUID _ = emil.runs();
        others.fact(emil.account, RunFinished.class);
    }

    private Connection admin() throws SQLException {
        return infrastructure.databaseAdmin().connect();
    }
}
