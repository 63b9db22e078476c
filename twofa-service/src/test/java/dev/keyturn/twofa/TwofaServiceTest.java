package dev.keyturn.twofa;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.commands.ExpireChallenge;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.events.TwoFaAnswered;
import dev.keyturn.events.TwoFaCancelled;
import dev.keyturn.events.TwoFaClosed;
import dev.keyturn.events.TwoFaCodeTurnedAway;
import dev.keyturn.events.TwoFaExpired;
import dev.keyturn.local.infra.Frozen;
import dev.keyturn.local.infra.Infrastructure;
import dev.keyturn.local.infra.WriteCuts;
import dev.keyturn.replies.Cancelled;
import dev.keyturn.replies.CodeGiven;
import dev.keyturn.replies.Expired;
import dev.keyturn.replies.VerdictGiven;
import dev.keyturn.service.reading.DeadLetters;
import dev.keyturn.service.reading.Positions;
import dev.keyturn.service.reading.Received;
import dev.keyturn.twofa.db.Decided;
import dev.keyturn.twofa.db.Decisions;
import dev.keyturn.twofa.db.Expiries;
import dev.keyturn.twofa.db.Retained;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.ReplyAddress;
import dev.keyturn.wire.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service on a real broker and a real database. */
@QuarkusTest
@WithTestResource(TwofaStack.class)
@SuppressWarnings("NullAway.Init") // Quarkus fills the addresses
class TwofaServiceTest {

    /** The topic has no such partition: nobody but the test looks after what stands there. */
    private static final int NOWHERE = 1_000;

    private static final int WORKER = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOPIC = Topics.CHALLENGES.name();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Inject Decisions decisions;
    @Inject Expiries expiries;
    @Inject Retained retained;
    @Inject KafkaClientService clients;
    @Inject MeterRegistry metrics;

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    @TestHTTPResource(value = "/health/live", management = true)
    URI live;

    private Wire wire = new Wire();

    @BeforeEach
    void isReady() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(answer(ready).body()).doesNotContain("DOWN"));
    }

    @AfterEach
    void close() {
        wire.close();
    }

    private static int status(URI address) throws IOException, InterruptedException {
        return answer(address).statusCode();
    }

    private static HttpResponse<String> answer(URI address)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Scene opened() {
        Scene scene = Scene.fresh();
        wire.fromWorker(scene.open(), WORKER);
        return scene;
    }

    private void send(SubmitCode submit) {
        wire.fromHome(submit, submit.submissionId(), null);
    }

    private Verdict verdict(SubmitCode submit) {
        send(submit);
        return verdict(submit.submissionId(), 1);
    }

    private Verdict verdict(UUID request, int number) {
        return ((VerdictGiven) wire.awaitReply(request, number).message()).verdict();
    }

    private Verdict turnedAway(Scene scene) {
        return wire.facts(scene.account()).stream()
                .map(Wire.Seen::message)
                .filter(TwoFaCodeTurnedAway.class::isInstance)
                .map(m -> ((TwoFaCodeTurnedAway) m).verdict())
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static <T> List<T> together(int times, Callable<T> what) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> all =
                    threads.invokeAll(IntStream.range(0, times).mapToObj(_ -> what).toList());
            List<T> results = new ArrayList<>();
            for (Future<T> one : all) {
                results.add(one.get());
            }
            return results;
        }
    }

    @Test
    void rightCodeGoesToTheWorkerAndTheFactStandsBeforeBothReplies() throws Exception {
        Scene scene = opened();
        SubmitCode submit = scene.code("123456");
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        wire.fromHome(submit, submit.submissionId(), trace);

        assertThat(verdict(submit.submissionId(), 1)).isEqualTo(Verdict.DELIVERED);
        Wire.Seen given = wire.awaitReply(scene.challenge(), 1);
        CodeGiven code = (CodeGiven) given.message();
        assertThat(scene.key().open(code.sealed(), scene.challenge(), 1).reveal())
                .isEqualTo("123456");
        assertThat(given.record().partition()).isEqualTo(WORKER);
        assertThat(given.record().key()).isEqualTo(scene.challenge().toString());
        await().atMost(PATIENCE).until(() -> wire.facts(scene.account()).size() == 1);
        Wire.Seen fact = wire.facts(scene.account()).getFirst();
        assertThat(fact.message()).isInstanceOf(TwoFaAnswered.class);
        assertThat(fact.record().timestamp()).isLessThanOrEqualTo(given.record().timestamp());
        assertThat(header(fact.record(), Codec.TRACEPARENT)).isEqualTo(trace);
        assertThat(header(given.record(), Codec.TRACEPARENT)).isEqualTo(trace);
    }

    @Test
    void replyCarriesTheCorrelationIdAndNothingElseOfTheRequest() {
        Scene scene = opened();
        SubmitCode submit = scene.code("123456");
        send(submit);
        ConsumerRecord<String, byte[]> reply = wire.awaitReply(submit.submissionId(), 1).record();
        assertThat(names(reply))
                .contains(ReplyAddress.CORRELATION_ID)
                .doesNotContain(ReplyAddress.TOPIC, ReplyAddress.PARTITION);
        assertThat(reply.partition()).isEqualTo(3);
    }

    private static List<String> names(ConsumerRecord<String, byte[]> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(Header::key)
                .toList();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(
                Objects.requireNonNull(record.headers().lastHeader(name), name).value(), UTF_8);
    }

    @Test
    void secondCodeIsAlreadyAnswered() {
        Scene scene = opened();
        assertThat(verdict(scene.code("123456"))).isEqualTo(Verdict.DELIVERED);
        assertThat(verdict(scene.code("654321"))).isEqualTo(Verdict.ALREADY_ANSWERED);
        assertThat(turnedAway(scene)).isEqualTo(Verdict.ALREADY_ANSWERED);
        assertThat(wire.repliesTo(scene.challenge())).hasSize(1);
    }

    @Test
    void codeOfAnOlderRoundIsSuperseded() {
        Scene scene = opened();
        wire.fromWorker(scene.open(1, 2), WORKER);
        assertThat(verdict(scene.code("123456"))).isEqualTo(Verdict.SUPERSEDED);
        assertThat(turnedAway(scene)).isEqualTo(Verdict.SUPERSEDED);
        assertThat(verdict(scene.code("654321", 2, Instant.now()))).isEqualTo(Verdict.DELIVERED);
    }

    @Test
    void codeIsJudgedByWhenItWasTakenNotByWhenItIsRead() {
        Scene scene = Scene.until(Instant.now().minusSeconds(10));
        SubmitCode late = scene.code("111111", 1, scene.deadline());
        SubmitCode inTime = scene.code("123456", 1, scene.deadline().minusMillis(1));
        int partition = NOWHERE + 4;
        SortedMap<Integer, Long> ends = new TreeMap<>();
        ends.put(partition, 3L);
        decisions.apply(
                List.of(
                        new Received(scene.open(), null, null, partition, 0),
                        new Received(late, null, null, partition, 1),
                        new Received(inTime, null, null, partition, 2)),
                ends);
        await().atMost(PATIENCE).until(() -> wire.facts(scene.account()).size() == 2);
        assertThat(turnedAway(scene)).isEqualTo(Verdict.TOO_LATE);
        assertThat(wire.facts(scene.account()).getLast().message())
                .isInstanceOfSatisfying(
                        TwoFaAnswered.class,
                        fact -> assertThat(fact.submissionId()).isEqualTo(inTime.submissionId()));
    }

    @Test
    void codeForACancelledChallengeIsCancelledAndTheWorkerIsTold() {
        Scene scene = opened();
        var cancel = scene.cancel();
        wire.fromHome(cancel, cancel.commandId(), null);
        assertThat(verdict(cancel.commandId(), 1)).isEqualTo(Verdict.CANCELLED);
        assertThat(wire.awaitReply(scene.challenge(), 1).message()).isInstanceOf(Cancelled.class);
        assertThat(verdict(scene.code("123456"))).isEqualTo(Verdict.CANCELLED);
        assertThat(wire.facts(scene.account()))
                .extracting(s -> s.message().typeName())
                .containsExactly("TwoFaCancelled", "TwoFaCodeTurnedAway");
        assertThat(wire.facts(scene.account()).getFirst().message())
                .isInstanceOf(TwoFaCancelled.class);
    }

    @Test
    void codeForAClosedChallengeIsCancelled() {
        Scene scene = opened();
        wire.fromWorker(scene.close(), WORKER);
        assertThat(verdict(scene.code("123456"))).isEqualTo(Verdict.CANCELLED);
        assertThat(wire.facts(scene.account()).getFirst().message())
                .isInstanceOf(TwoFaClosed.class);
    }

    @Test
    void codeForAChallengeThatNobodyKnowsIsUnknown() {
        Scene scene = Scene.fresh();
        assertThat(verdict(scene.code("123456"))).isEqualTo(Verdict.UNKNOWN_CHALLENGE);
        assertThat(turnedAway(scene)).isEqualTo(Verdict.UNKNOWN_CHALLENGE);
    }

    @Test
    void codeForAnothersChallengeIsUnknownToWhoAsksAndNotYoursOnTheLog() {
        Scene scene = opened();
        Scene other = Scene.fresh();
        SubmitCode foreign =
                scene.submit(
                        other.owner(), other.account(), Instant.now(), 1, scene.seal("123456", 1));
        double counted = notYours();
        assertThat(verdict(foreign)).isEqualTo(Verdict.UNKNOWN_CHALLENGE);
        assertThat(turnedAway(other)).isEqualTo(Verdict.NOT_YOURS);
        assertThat(notYours()).isEqualTo(counted + 1);
        assertThat(verdict(scene.code("123456"))).isEqualTo(Verdict.DELIVERED);
    }

    private double notYours() {
        return metrics
                .find("keyturn.twofa.verdicts")
                .tags("verdict", "NOT_YOURS")
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void codeThatIsNotSealedForThisChallengeIsMalformedAndChangesNothing() {
        Scene scene = opened();
        for (String sealed :
                List.of("123456", Scene.fresh().seal("123456", 1), scene.seal("123456", 2))) {
            SubmitCode wrong =
                    scene.submit(scene.owner(), scene.account(), Instant.now(), 1, sealed);
            assertThat(verdict(wrong)).isEqualTo(Verdict.MALFORMED);
        }
        assertThat(turnedAway(scene)).isEqualTo(Verdict.MALFORMED);
        assertThat(verdict(scene.code("123456"))).isEqualTo(Verdict.DELIVERED);
    }

    @Test
    void sameSubmissionGetsTheSameVerdictAgainAndTellsTheLogOnce() {
        Scene scene = opened();
        SubmitCode first = scene.code("123456");
        send(first);
        send(first);
        SubmitCode doubleClick =
                new SubmitCode(
                        UUID.randomUUID(),
                        first.ownerId(),
                        first.accountId(),
                        Instant.now(),
                        first.challengeId(),
                        first.submissionId(),
                        1,
                        scene.seal("123456", 1));
        send(doubleClick);
        wire.awaitReply(first.submissionId(), 3);
        assertThat(wire.repliesTo(first.submissionId()))
                .extracting(Wire.Seen::message)
                .allMatch(wire.repliesTo(first.submissionId()).getFirst().message()::equals);
        assertThat(verdict(first.submissionId(), 3)).isEqualTo(Verdict.DELIVERED);
        assertThat(wire.repliesTo(scene.challenge())).hasSize(1);
        assertThat(wire.facts(scene.account())).hasSize(1);
    }

    @Test
    void adopterThatAsksAgainGetsTheSameAnswerAtItsOwnAddress() {
        Scene scene = opened();
        assertThat(verdict(scene.code("123456"))).isEqualTo(Verdict.DELIVERED);
        wire.fromWorker(scene.open(2, 1), 9);
        Wire.Seen again = wire.awaitReply(scene.challenge(), 2);
        assertThat(again.record().partition()).isEqualTo(9);
        assertThat(again.message()).isEqualTo(wire.awaitReply(scene.challenge(), 1).message());
        wire.fromWorker(scene.open(1, 1), WORKER);
        assertThat(verdict(scene.code("654321"))).isEqualTo(Verdict.ALREADY_ANSWERED);
        assertThat(wire.repliesTo(scene.challenge())).hasSize(2);
    }

    @Test
    void twentyChallengesAtOnceEachGetTheirOwnCode() throws Exception {
        List<Scene> scenes = IntStream.range(0, 20).mapToObj(_ -> Scene.fresh()).toList();
        scenes.forEach(s -> wire.fromWorker(s.open(), WORKER));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < scenes.size(); i++) {
                SubmitCode submit = scenes.get(i).code("%06d".formatted(i));
                threads.execute(() -> send(submit));
            }
        }
        for (int i = 0; i < scenes.size(); i++) {
            Scene scene = scenes.get(i);
            CodeGiven code = (CodeGiven) wire.awaitReply(scene.challenge(), 1).message();
            assertThat(scene.key().open(code.sealed(), scene.challenge(), 1).reveal())
                    .isEqualTo("%06d".formatted(i));
        }
    }

    @Test
    void ofCodesThatRaceExactlyOneIsDelivered() throws Exception {
        Scene scene = opened();
        List<Verdict> verdicts = together(8, () -> verdict(scene.code("123456")));
        assertThat(verdicts).containsOnlyOnce(Verdict.DELIVERED);
        assertThat(verdicts).filteredOn(Verdict.ALREADY_ANSWERED::equals).hasSize(7);
        assertThat(wire.repliesTo(scene.challenge())).hasSize(1);
        assertThat(wire.facts(scene.account()))
                .filteredOn(s -> s.message() instanceof TwoFaAnswered)
                .hasSize(1);
    }

    @Test
    void instancesThatReadTheSameRecordsDecideOnce() throws Exception {
        Scene scene = Scene.fresh();
        SubmitCode submit = scene.code("123456");
        int partition = NOWHERE + 1;
        List<Received> batch =
                List.of(
                        new Received(scene.open(), null, null, partition, 0),
                        new Received(submit, null, null, partition, 1));
        SortedMap<Integer, Long> ends = new TreeMap<>();
        ends.put(partition, 2L);
        List<List<Decided>> decided = together(4, () -> applyOrMoved(batch, ends));
        assertThat(decided).filteredOn(d -> d.size() == 2).hasSize(1);
        assertThat(decided).filteredOn(List::isEmpty).hasSize(3);
        await().atMost(PATIENCE).until(() -> wire.facts(scene.account()).size() == 1);
    }

    private List<Decided> applyOrMoved(List<Received> batch, SortedMap<Integer, Long> ends) {
        try {
            return decisions.apply(batch, ends);
        } catch (Positions.Moved _) {
            return List.of();
        }
    }

    @Test
    void nobodyAnswersUntilTheDeadline() {
        Scene scene = Scene.until(Instant.now().plusMillis(500));
        wire.fromWorker(scene.open(), WORKER);
        Wire.Seen expired = wire.awaitReply(scene.challenge(), 1);
        assertThat(expired.message()).isInstanceOf(Expired.class);
        assertThat(Instant.ofEpochMilli(expired.record().timestamp()))
                .isAfterOrEqualTo(scene.deadline().plusSeconds(1));
        assertThat(wire.facts(scene.account()))
                .extracting(s -> s.message().typeName())
                .containsExactly(TwoFaExpired.class.getSimpleName());
        assertThat(verdict(scene.code("123456", 1, scene.deadline().minusMillis(1))))
                .isEqualTo(Verdict.TOO_LATE);
        assertThat(wire.commands(scene.challenge()))
                .filteredOn(ExpireChallenge.class::isInstance)
                .hasSize(1);
    }

    @Test
    void deadlineIsSentOnceByHoweverManyInstancesLook() throws Exception {
        Scene scene = Scene.until(Instant.now().minusSeconds(10));
        SortedMap<Integer, Long> ends = new TreeMap<>();
        ends.put(NOWHERE + 2, 1L);
        decisions.apply(List.of(new Received(scene.open(), null, null, NOWHERE + 2, 0)), ends);
        assertThat(expiries.send(Set.of(NOWHERE + 2), scene.deadline().minusMillis(1))).isZero();
        together(6, () -> expiries.send(Set.of(NOWHERE + 2), Instant.now()));
        await().atMost(PATIENCE).until(() -> !wire.facts(scene.account()).isEmpty());
        assertThat(expiries.send(Set.of(NOWHERE + 2), Instant.now())).isZero();
        assertThat(wire.commands(scene.challenge()))
                .filteredOn(ExpireChallenge.class::isInstance)
                .hasSize(1);
    }

    @Test
    void deadlineThatWasMovedIsSentAgain() throws Exception {
        Scene scene = Scene.until(Instant.now().minusSeconds(10));
        int partition = NOWHERE + 3;
        SortedMap<Integer, Long> ends = new TreeMap<>();
        ends.put(partition, 1L);
        decisions.apply(List.of(new Received(scene.open(), null, null, partition, 0)), ends);
        sql(
                "update challenge set expiry_sent = deadline - interval '1 minute' where"
                        + " challenge_id = '%s'".formatted(scene.challenge()));
        assertThat(expiries.send(Set.of(partition), Instant.now())).isOne();
    }

    @Test
    void whatCannotBeDecodedGoesToTheDeadLettersAndTheRestGoesOn() {
        Scene scene = Scene.fresh();
        byte[] poison = "not JSON: 123456".getBytes(UTF_8);
        ProducerRecord<String, byte[]> record =
                Codec.encode(Topics.CHALLENGES, scene.code("123456"), Principal.HOME, null);
        ProducerRecord<String, byte[]> broken =
                new ProducerRecord<>(TOPIC, null, record.key(), poison, record.headers());
        wire.fromHome(broken);
        wire.fromWorker(scene.open(), WORKER);
        assertThat(verdict(scene.code("123456"))).isEqualTo(Verdict.DELIVERED);
        ConsumerRecord<String, byte[]> letter = wire.awaitLetter(scene.account().toString());
        assertThat(letter.value()).isEqualTo(poison);
        assertThat(header(letter, DeadLetters.REASON)).isEqualTo("value: must be JSON");
        assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(TOPIC);
        assertThat(names(letter)).contains(DeadLetters.PARTITION, DeadLetters.OFFSET);
    }

    @Test
    void replyPartitionThatDoesNotExistIsADeadLetter() {
        Scene scene = opened();
        SubmitCode submit = scene.code("123456");
        ProducerRecord<String, byte[]> record =
                Codec.encodeRequest(
                        Topics.CHALLENGES,
                        submit,
                        Principal.HOME,
                        null,
                        new ReplyAddress(3, submit.submissionId().toString()));
        record.headers().remove(ReplyAddress.PARTITION);
        record.headers()
                .add(
                        ReplyAddress.PARTITION,
                        ByteBuffer.allocate(4).putInt(Topics.REPLIES.partitions()).array());
        wire.fromHome(record);
        assertThat(header(wire.awaitLetter(scene.account().toString()), DeadLetters.REASON))
                .isEqualTo("REPLY_PARTITION=32: must be from 0 to 31");
        assertThat(verdict(scene.code("654321"))).isEqualTo(Verdict.DELIVERED);
    }

    @Test
    void replyTopicThatIsNotOursIsADeadLetterAndHoldsNobodyUp() {
        Scene scene = opened();
        SubmitCode submit = scene.code("123456");
        ProducerRecord<String, byte[]> record =
                Codec.encodeRequest(
                        Topics.CHALLENGES,
                        submit,
                        Principal.HOME,
                        null,
                        new ReplyAddress(3, submit.submissionId().toString()));
        record.headers().remove(ReplyAddress.TOPIC);
        record.headers().add(ReplyAddress.TOPIC, Topics.EVENTS.name().getBytes(UTF_8));
        wire.fromHome(record);
        assertThat(verdict(scene.code("654321"))).isEqualTo(Verdict.DELIVERED);
        assertThat(header(wire.awaitLetter(scene.account().toString()), DeadLetters.REASON))
                .isEqualTo("REPLY_TOPIC: must be twofa.replies.v1");
        assertThat(wire.facts(scene.account())).hasSize(1);
    }

    @Test
    void topicThatIsReadAgainFromItsStartChangesNothingAndTellsNobody() throws Exception {
        Scene scene = opened();
        SubmitCode submit = scene.code("123456");
        assertThat(verdict(submit)).isEqualTo(Verdict.DELIVERED);
        wire.awaitReply(scene.challenge(), 1);
        List<String> before = rows();

        readAgain();
        Scene marker = markerBehind(scene);

        assertThat(wire.repliesTo(scene.challenge())).hasSize(1);
        assertThat(wire.repliesTo(submit.submissionId())).hasSize(1);
        assertThat(wire.facts(scene.account()))
                .filteredOn(s -> !s.message().equals(fact(marker)))
                .hasSize(1);
        assertThat(rows()).containsAll(before);
    }

    /** Each time it is tried again it comes one write further. */
    @Test
    void decisionWhoseConnectionEndsAfterAnyOfItsWritesIsMadeOnceAndToldOnce() throws Exception {
        Scene scene = Scene.fresh();
        int opening;
        int deciding;
        SubmitCode submit = scene.code("123456");
        try (WriteCuts cuts = WriteCuts.in(Infrastructure.forTests().databaseAdmin(), "twofa")) {
            wire.fromWorker(scene.open(), WORKER);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(rows())
                                            .anyMatch(
                                                    r -> r.contains(scene.challenge().toString())));
            opening = cuts.count();
            cuts.again();
            assertThat(verdict(submit)).isEqualTo(Verdict.DELIVERED);
            deciding = cuts.count();
        }
        assertThat(opening).as("challenge, position").isGreaterThanOrEqualTo(2);
        assertThat(deciding)
                .as("challenge, submission, fact, replies, position")
                .isGreaterThanOrEqualTo(4);
        assertThat(wire.repliesTo(scene.challenge()))
                .extracting(Wire.Seen::message)
                .hasOnlyElementsOfType(CodeGiven.class)
                .hasSize(1);
        assertThat(wire.repliesTo(submit.submissionId())).hasSize(1);
        assertThat(wire.facts(scene.account()))
                .extracting(Wire.Seen::message)
                .hasOnlyElementsOfType(TwoFaAnswered.class)
                .hasSize(1);
    }

    @Test
    void evenWithoutItsPositionsItSaysOnlyWhatItSaidBefore() throws Exception {
        Scene scene = opened();
        SubmitCode submit = scene.code("123456");
        assertThat(verdict(submit)).isEqualTo(Verdict.DELIVERED);
        assertThat(verdict(scene.code("654321"))).isEqualTo(Verdict.ALREADY_ANSWERED);
        wire.awaitReply(scene.challenge(), 1);
        List<String> before = rows();

        readAgain("delete from reader_position");
        assertThat(verdict(submit.submissionId(), 2)).isEqualTo(Verdict.DELIVERED);
        Scene marker = markerBehind(scene);

        assertThat(wire.repliesTo(scene.challenge()))
                .extracting(Wire.Seen::message)
                .containsOnly(wire.awaitReply(scene.challenge(), 1).message());
        assertThat(wire.facts(scene.account()))
                .filteredOn(s -> !s.message().equals(fact(marker)))
                .hasSize(2);
        assertThat(rows()).containsAll(before);
    }

    /** Another challenge of the same account, answered: what stood before it has been read. */
    private Scene markerBehind(Scene scene) {
        Scene fresh = Scene.fresh();
        Scene marker =
                new Scene(
                        scene.owner(),
                        scene.account(),
                        fresh.run(),
                        fresh.challenge(),
                        fresh.key(),
                        fresh.deadline());
        wire.fromWorker(marker.open(), WORKER);
        assertThat(verdict(marker.code("123456"))).isEqualTo(Verdict.DELIVERED);
        return marker;
    }

    private Object fact(Scene marker) {
        return wire.facts(marker.account()).stream()
                .map(Wire.Seen::message)
                .filter(TwoFaAnswered.class::isInstance)
                .map(TwoFaAnswered.class::cast)
                .filter(f -> f.challengeId().equals(marker.challenge()))
                .findFirst()
                .orElseThrow();
    }

    private void readAgain(String... statements) throws SQLException {
        for (String statement : statements) {
            sql(statement);
        }
        clients.getConsumer("challenges-in")
                .runOnPollingThread(
                        consumer -> {
                            consumer.seekToBeginning(consumer.assignment());
                        })
                .await()
                .atMost(PATIENCE);
    }

    private static List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = Infrastructure.forTests().database(Principal.TWOFA).connect();
                Statement statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "select c::text from challenge c where topic_partition < 1000"
                                        + " union all select s::text from submission s")) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }

    private static void sql(String sql) throws SQLException {
        try (Connection connection = Infrastructure.forTests().database(Principal.TWOFA).connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void asAdmin(String sql) throws SQLException {
        try (Connection connection = Infrastructure.forTests().databaseAdmin().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void withoutItsDatabaseItIsNotReadyButAliveAndGoesOnWhereItWas() throws Exception {
        Scene scene = opened();
        SubmitCode submit = scene.code("123456");
        int letters = wire.letters().size();
        asAdmin("alter role twofa nologin");
        asAdmin("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'twofa'");
        try {
            send(submit);
            await().atMost(PATIENCE).until(() -> status(ready) == 503);
            assertThat(status(live)).isEqualTo(200);
            assertThat(wire.repliesTo(submit.submissionId())).isEmpty();
        } finally {
            asAdmin("alter role twofa login");
        }
        assertThat(verdict(submit.submissionId(), 1)).isEqualTo(Verdict.DELIVERED);
        await().atMost(PATIENCE).until(() -> status(ready) == 200);
        assertThat(wire.letters()).hasSize(letters);
    }

    @Test
    void withoutItsBrokerItIsNotReadyButAliveAndWhatItDecidedIsSentLater() throws Exception {
        Scene scene = opened();
        Scene decided = Scene.fresh();
        SortedMap<Integer, Long> ends = new TreeMap<>();
        ends.put(NOWHERE + 5, 2L);
        int letters = wire.letters().size();
        List<ProcessHandle> broker = broker();
        assertThat(broker).isNotEmpty();
        try (Frozen _ = Frozen.freeze(broker)) {
            await().atMost(PATIENCE).until(() -> status(ready) == 503);
            assertThat(status(live)).isEqualTo(200);
            decisions.apply(
                    List.of(
                            new Received(decided.open(), null, null, NOWHERE + 5, 0),
                            new Received(decided.code("123456"), null, null, NOWHERE + 5, 1)),
                    ends);
        }
        await().atMost(PATIENCE).until(() -> !wire.facts(decided.account()).isEmpty());
        assertThat(verdict(scene.code("123456"))).isEqualTo(Verdict.DELIVERED);
        await().atMost(PATIENCE).until(() -> status(ready) == 200);
        assertThat(wire.letters()).hasSize(letters);
        assertThat(wire.facts(decided.account()))
                .allMatch(s -> s.message() instanceof TwoFaAnswered);
    }

    private static List<ProcessHandle> broker() {
        return ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains("kafka.Kafka"))
                .toList();
    }

    @Test
    void whatEndedTwoDaysAgoIsDeletedAndNothingElse() throws Exception {
        Scene old = opened();
        Scene young = opened();
        Scene open = opened();
        for (Scene scene : List.of(old, young)) {
            assertThat(verdict(scene.code("123456"))).isEqualTo(Verdict.DELIVERED);
        }
        await().atMost(PATIENCE).until(() -> isThere("challenge", open));
        String aged = "interval '2 days 1 minute' where account_id = '" + old.account() + "'";
        sql("update challenge set ended_at = now() - " + aged);
        sql("update submission set at = now() - " + aged);

        retained.delete(Instant.now().minus(Duration.ofDays(2)));

        assertThat(isThere("challenge", old)).isFalse();
        assertThat(isThere("submission", old)).isFalse();
        assertThat(isThere("challenge", young)).isTrue();
        assertThat(isThere("submission", young)).isTrue();
        assertThat(isThere("challenge", open)).isTrue();
    }

    private static boolean isThere(String table, Scene scene) throws SQLException {
        try (Connection connection = Infrastructure.forTests().database(Principal.TWOFA).connect();
                Statement statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "select 1 from %s where challenge_id = '%s'"
                                        .formatted(table, scene.challenge()))) {
            return found.next();
        }
    }

    /** With the default poll timeout an idle consumer would let a code wait for up to a second. */
    @Test
    void channelsOnWhichAPersonWaitsAreLookedAtOften() {
        assertThat(
                        ConfigProvider.getConfig()
                                .getValue(
                                        "mp.messaging.connector.smallrye-kafka.poll-timeout",
                                        Integer.class))
                .isLessThanOrEqualTo(20);
    }
}
