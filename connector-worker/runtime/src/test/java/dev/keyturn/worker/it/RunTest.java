package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.commands.RequestRun;
import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.events.CredentialsSaved;
import dev.keyturn.events.DocumentSaved;
import dev.keyturn.events.LoginFailed;
import dev.keyturn.events.LoginStarted;
import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.events.WorkerFact;
import dev.keyturn.values.Reason;
import dev.keyturn.values.Trigger;
import dev.keyturn.wire.Topics;
import dev.keyturn.worker.sweep.Cleaner;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RunTest extends WorkerIntegration {

    private static final String JOURNAL = "select count(*) from journal where run_id = $1";

    private static final String QUEUED =
            "select count(*) from run where run_id = $1 and state = 'QUEUED'";
    private static final String LOCK = "select 1 from run where run_id = $1 for update";

    @Inject Cleaner cleaner;
    @Inject KafkaClientService clients;

    @Test
    void aRunWithoutASecondFactorTellsItsStagesInOrderAndSavesWhatItFetched() throws Exception {
        Person emil = person();
        emil.saves("plain");
        UUID run = emil.runs();
        others.fact(emil.account, RunFinished.class);
        assertThat(others.names(run))
                .containsExactly(
                        "LoginStarted",
                        "AutoSuccessDisabled",
                        "LoginSucceeded",
                        "DocumentSaved",
                        "RunFinished");
        assertThat(others.of(emil.account, WorkerFact.class))
                .allSatisfy(
                        fact -> {
                            assertThat(fact.epoch()).isEqualTo(1);
                            assertThat(fact.ownerId()).isEqualTo(emil.owner);
                        });
        DocumentSaved saved = others.fact(emil.account, DocumentSaved.class);
        assertThat(saved.name()).isEqualTo("../bill of 200");
        assertThat(saved.size()).isEqualTo(8);
        assertThat(Files.readString(documents().resolve(saved.storeKey()))).isEqualTo("the bill");
    }

    @Test
    void theSameContentIsSavedOncePerAccount() {
        Person emil = person();
        emil.saves("plain");
        UUID _ = emil.runs();
        others.fact(emil.account, RunFinished.class);
        UUID second = emil.runs();
        others.fact(emil.account, RunFinished.class, 1);
        assertThat(others.names(second)).doesNotContain("DocumentSaved");
    }

    @Test
    void aCommandThatComesTwiceIsAppliedOnce() {
        Person emil = person();
        var saved = emil.saves("plain");
        RequestRun asked =
                emil.runs(
                        Trigger.MANUAL,
                        "scripted",
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        false);
        others.send(saved);
        others.send(asked);
        others.send(asked);
        others.fact(emil.account, RunFinished.class);
        UUID next = emil.runs();
        others.fact(emil.account, RunFinished.class, 1);
        assertThat(others.of(emil.account, CredentialsSaved.class)).hasSize(1);
        assertThat(others.of(emil.account, LoginStarted.class))
                .extracting(LoginStarted::runId)
                .containsExactly(asked.runId(), next);
    }

    /**
     * As if it were not known any more how far they were read. From this account's first on: of
     * others in the partition another test may have deleted what says that they were applied.
     */
    @Test
    void commandsThatAreReadAgainFromTheirStartBeginNothing() {
        Person emil = person();
        TopicPartition partition =
                new TopicPartition(
                        Topics.RUNS.name(),
                        BuiltInPartitioner.partitionForKey(
                                emil.account.toString().getBytes(StandardCharsets.UTF_8),
                                Topics.RUNS.partitions()));
        long first =
                clients.getConsumer("runs-in")
                        .runOnPollingThread(
                                consumer -> {
                                    return consumer.endOffsets(Set.of(partition)).get(partition);
                                })
                        .await()
                        .atMost(PATIENCE);
        emil.saves("plain");
        UUID run = emil.runs();
        others.fact(emil.account, RunFinished.class);
        awaitIdle();
        List<String> before = others.names(run);
        change(
                "update reader_position set next_offset = $3 where topic = $1 and partition = $2",
                partition.topic(),
                partition.partition(),
                first);
        clients.getConsumer("runs-in")
                .runOnPollingThread(
                        consumer -> {
                            consumer.seek(partition, first);
                        })
                .await()
                .atMost(PATIENCE);
        UUID next = emil.runs();
        others.fact(emil.account, RunFinished.class, 1);
        assertThat(others.names(run)).isEqualTo(before);
        assertThat(others.of(emil.account, CredentialsSaved.class)).hasSize(1);
        assertThat(others.of(emil.account, LoginStarted.class))
                .extracting(LoginStarted::runId)
                .containsExactly(run, next);
        awaitIdle();
    }

    @Test
    void aWrongPasswordIsToldAsLoginFailedWithTheSitesWordsWithoutControlCharacters() {
        Person emil = person();
        emil.saves("wrong-password");
        UUID run = emil.runs();
        RunFailed failed = others.fact(emil.account, RunFailed.class);
        assertThat(others.names(run)).containsExactly("LoginStarted", "LoginFailed", "RunFailed");
        assertThat(failed.reason()).isEqualTo(Reason.LOGIN_FAILED);
        assertThat(failed.words()).isEqualTo("Wrong [31m password");
        assertThat(others.fact(emil.account, LoginFailed.class).reason())
                .isEqualTo(Reason.LOGIN_FAILED);
    }

    @Test
    void anUncaughtExceptionIsAnUnknownErrorThatSaysNothingOfItself() {
        Person emil = person();
        emil.saves("throws");
        UUID _ = emil.runs();
        RunFailed failed = others.fact(emil.account, RunFailed.class);
        assertThat(failed.reason()).isEqualTo(Reason.UNKNOWN_ERROR);
        assertThat(failed.words()).isNull();
        assertThat(failed.correlationId()).isNotBlank();
        assertThat(others.raw())
                .noneMatch(
                        bytes ->
                                new String(bytes, StandardCharsets.UTF_8)
                                        .contains(Person.PASSWORD));
    }

    @Test
    void aRunOfAConnectorThatNobodyHasEndsNotStartedAtItsNotAfter() {
        Person emil = person();
        emil.saves("plain");
        RequestRun asked =
                emil.runs(
                        Trigger.MANUAL,
                        "nobody-has-it",
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(5),
                        false);
        RunFailed failed = others.fact(emil.account, RunFailed.class);
        assertThat(failed.reason()).isEqualTo(Reason.NOT_STARTED);
        assertThat(failed.epoch()).isZero();
        assertThat(failed.at()).isAfterOrEqualTo(asked.notAfter());
        assertThat(others.names(asked.runId())).containsExactly("RunFailed");
    }

    @Test
    void aRunThatTakesTooLongIsInterruptedAndItsConnectorSendsNothingMore() {
        Person emil = person();
        emil.saves("loop");
        RequestRun asked =
                emil.runs(
                        Trigger.MANUAL,
                        "scripted",
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(2),
                        false);
        RunFailed failed = others.fact(emil.account, RunFailed.class);
        assertThat(failed.reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(failed.epoch()).isEqualTo(2);
        awaitIdle();
        assertThat(others.names(asked.runId())).containsExactly("LoginStarted", "RunFailed");
    }

    @Test
    void aQueuedRunIsCancelledAtOnceAndAWorkingOneByItsHolder() {
        Person queued = person();
        queued.saves("plain");
        RequestRun never =
                queued.runs(
                        Trigger.MANUAL,
                        "nobody-has-it",
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        false);
        queued.cancels(never.runId());
        assertThat(others.fact(queued.account, RunFailed.class).reason())
                .isEqualTo(Reason.CANCELLED);

        Person working = person();
        working.saves("loop");
        UUID run = working.runs();
        others.fact(working.account, LoginStarted.class);
        working.cancels(run);
        RunFailed failed = others.fact(working.account, RunFailed.class);
        assertThat(failed.reason()).isEqualTo(Reason.CANCELLED);
        assertThat(failed.epoch()).isEqualTo(1);
        awaitIdle();
    }

    @Test
    void aConnectorThatSwallowsItsEndCanSayNothingMore() {
        Person emil = person();
        emil.saves("swallows");
        UUID run = emil.runs();
        others.fact(emil.account, LoginStarted.class);
        emil.cancels(run);
        others.fact(emil.account, RunFailed.class);
        awaitIdle();
        assertThat(others.names(run)).containsExactly("LoginStarted", "RunFailed");
    }

    @Test
    void aRunWithoutCredentialsWaitsForThem() {
        Person emil = person();
        UUID run = emil.runs();
        Person other = person();
        other.saves("plain");
        UUID _ = other.runs();
        others.fact(other.account, RunFinished.class);
        assertThat(others.names(run)).isEmpty();
        emil.saves("plain");
        others.fact(emil.account, RunFinished.class);
    }

    @Test
    void anAccountHasOneRunAtATime() {
        Person emil = person();
        emil.saves("slow");
        UUID first = emil.runs();
        UUID second = emil.runs();
        others.fact(emil.account, LoginStarted.class);
        Person other = person();
        other.saves("plain");
        UUID _ = other.runs();
        others.fact(other.account, RunFinished.class);
        assertThat(others.names(second)).isEmpty();
        site.releaseSlow();
        others.fact(emil.account, RunFinished.class, 1);
        assertThat(others.of(emil.account, LoginStarted.class))
                .extracting(LoginStarted::runId)
                .containsExactly(first, second);
        assertThat(others.facts(emil.account).indexOf(end(emil, first)))
                .isLessThan(others.facts(emil.account).indexOf(start(emil, second)));
    }

    @Test
    void aRunDoesNotOvertakeAnotherOfItsAccountWhoseRowIsLocked() {
        Person emil = person();
        UUID first = emil.runs();
        UUID second = emil.runs();
        await().atMost(PATIENCE).until(() -> value(QUEUED, second).equals("1"));
        Person other = person();
        whileLocked(
                first,
                () -> {
                    emil.saves("plain");
                    others.fact(emil.account, CredentialsSaved.class);
                    other.saves("plain");
                    UUID _ = other.runs();
                    others.fact(other.account, RunFinished.class);
                    assertThat(others.names(second)).isEmpty();
                });
        others.fact(emil.account, RunFinished.class, 1);
        assertThat(others.of(emil.account, LoginStarted.class))
                .extracting(LoginStarted::runId)
                .containsExactly(first, second);
    }

    private void whileLocked(UUID run, Runnable work) {
        boolean _ =
                onVirtualThread(
                        () ->
                                database.tx(
                                        tx -> {
                                            var _ = tx.first(LOCK, run);
                                            work.run();
                                            return true;
                                        }));
    }

    private ConnectorEvent end(Person person, UUID run) {
        return others.of(person.account, RunFinished.class)
                .filter(f -> f.runId().equals(run))
                .findFirst()
                .orElseThrow();
    }

    private ConnectorEvent start(Person person, UUID run) {
        return others.of(person.account, LoginStarted.class)
                .filter(f -> f.runId().equals(run))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void usersAreTakenInTurn() {
        Person holder = person();
        holder.saves("slow");
        Person holder2 = person();
        holder2.saves("slow");
        UUID _ = holder.runs();
        UUID _ = holder2.runs();
        others.fact(holder.account, LoginStarted.class);
        others.fact(holder2.account, LoginStarted.class);
        UUID greedy = UUID.randomUUID();
        List<Person> many =
                IntStream.range(0, 6)
                        .mapToObj(_ -> new Person(others, publicKeys(), site.address(), greedy))
                        .toList();
        many.forEach(p -> p.saves("plain"));
        many.forEach(Person::runs);
        Person modest = person();
        modest.saves("plain");
        UUID run = modest.runs();
        await().atMost(PATIENCE)
                .until(
                        () ->
                                value("select state from run where run_id = $1", run)
                                        .equals("QUEUED"));
        site.releaseSlow();
        others.fact(modest.account, RunFinished.class);
        many.forEach(p -> others.fact(p.account, RunFinished.class));
        Instant modestStarted = others.fact(modest.account, LoginStarted.class).at();
        assertThat(
                        many.stream()
                                .map(p -> others.fact(p.account, LoginStarted.class).at())
                                .filter(at -> at.isAfter(modestStarted)))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void runsThatWaitForAPersonLeaveTheSlotsToOthers() {
        List<Person> waiting = IntStream.range(0, 5).mapToObj(_ -> person()).toList();
        waiting.forEach(p -> p.saves("code"));
        waiting.forEach(Person::runs);
        waiting.forEach(p -> others.fact(p.account, TwoFaRequested.class));
        await().atMost(PATIENCE).until(() -> slots.waiting() == 5);
        assertThat(slots.working()).isZero();
        Person emil = person();
        emil.saves("plain");
        UUID _ = emil.runs();
        others.fact(emil.account, RunFinished.class);
        waiting.forEach(p -> p.types(0, Site.CODE));
        waiting.forEach(p -> others.fact(p.account, RunFinished.class));
    }

    @Test
    void aRequestOutsideAStepThatMayChangeSomethingIsNotedBeforeItIsSent() {
        Person emil = person();
        emil.saves("unsafe");
        UUID run = emil.runs();
        await().atMost(PATIENCE).until(() -> site.requests().contains("POST /code"));
        assertThat(value("select unsafe_request from run where run_id = $1", run))
                .isEqualTo("true");
        site.releaseSlow();
        others.fact(emil.account, RunFinished.class);
    }

    @Test
    void whatIsOldIsCleanedAway() {
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        ada.types(0, Site.CODE);
        Instant end = others.fact(ada.account, RunFinished.class).at();
        clean(end.plus(Duration.ofHours(23)));
        assertThat(value(JOURNAL, run)).isEqualTo("2");
        clean(end.plus(Duration.ofHours(25)));
        assertThat(value(JOURNAL, run)).isEqualTo("0");
        assertThat(value("select state from run where run_id = $1", run)).isEqualTo("ENDED");
        clean(end.plus(Duration.ofDays(9)));
        assertThat(value("select count(*) from run where run_id = $1", run)).isEqualTo("0");
        assertThat(value("select count(*) from inbox where account_id = $1", ada.account))
                .isEqualTo("0");
        assertThat(value("select state from account where account_id = $1", ada.account))
                .isEqualTo("ACTIVE");
    }

    private void clean(Instant now) {
        boolean _ =
                onVirtualThread(
                        () -> {
                            cleaner.clean(now);
                            return true;
                        });
    }

    @Test
    void withAllSlotsBusyACodeIsUsedAtOnce() {
        Person ada = person();
        ada.saves("code");
        UUID _ = ada.runs();
        others.fact(ada.account, TwoFaRequested.class);
        List<Person> busy = List.of(person(), person());
        busy.forEach(p -> p.saves("slow"));
        busy.forEach(Person::runs);
        busy.forEach(p -> others.fact(p.account, LoginStarted.class));
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        site.releaseSlow();
        busy.forEach(p -> others.fact(p.account, RunFinished.class));
    }
}
