package dev.keyturn.home;

import static dev.keyturn.home.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.commands.SubmitCode;
import dev.keyturn.events.RunFinished;
import dev.keyturn.home.status.Facts;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One user asks for more than there is for him: he is told so, and nobody else notices. */
@QuarkusTest
@QuarkusTestResource(Stack.class)
class AbuseTest {

    private static final int CODES = 1_000;
    private static final int STREAMS = 500;
    private static final int MOST_STREAMS = 20;
    private static final int BURST_PER_CHALLENGE = 10;

    @Inject MeterRegistry metrics;

    private final Person mallory = new Person();
    private final Person ada = new Person();

    private record Open(Facts facts, UUID account, UUID id, ChallengeKey key) {

        static Open of(Person person) {
            UUID account = person.account();
            Facts f = person.run(account);
            UUID id = UUID.randomUUID();
            ChallengeKey key = ChallengeKey.generate();
            person.worker(f.started(1), f.requested(2, id, null, 1, Person.sealTo(f, id, key)));
            person.awaitState(f.run, "WAITING");
            return new Open(f, account, id, key);
        }

        String path() {
            return "/api/challenges/" + id + "/code";
        }

        Map<String, Object> code() {
            return Map.of(
                    "submissionId",
                    UUID.randomUUID(),
                    "round",
                    1,
                    "sealed",
                    ChallengeKey.seal(key.publicJwk(), "123456", id, 1));
        }
    }

    @Test
    void aThousandCodesAtOnceAreRefusedAndAnothersIsTaken() throws Exception {
        Open his = Open.of(mallory);
        Open hers = Open.of(ada);
        Map<String, Object> code = hers.code();
        double refused = refused();
        List<Client.Answer> answers = new ArrayList<>();
        Instant begin = Instant.now();
        try (Twofa _ = Twofa.says(Verdict.TOO_LATE, his.account());
                Twofa _ = Twofa.says(Verdict.DELIVERED, hers.account());
                ExecutorService threads = Executors.newFixedThreadPool(50)) {
            List<Future<Client.Answer>> asked =
                    IntStream.range(0, CODES)
                            .mapToObj(
                                    _ ->
                                            threads.submit(
                                                    () ->
                                                            mallory.client.post(
                                                                    his.path(), his.code())))
                            .toList();
            assertThat(Twofa.judged(ada.client, hers.path(), code).text("verdict"))
                    .isEqualTo("DELIVERED");
            for (Future<Client.Answer> answer : asked) {
                answers.add(answer.get());
            }
        }
        long seconds = Instant.now().getEpochSecond() - begin.getEpochSecond() + 1;
        List<Client.Answer> tooMany = answers.stream().filter(a -> a.status() == 429).toList();
        assertThat(answers).extracting(Client.Answer::status).isSubsetOf(200, 202, 429);
        assertThat(tooMany)
                .hasSizeGreaterThanOrEqualTo((int) (CODES - BURST_PER_CHALLENGE - seconds))
                .allSatisfy(
                        a -> {
                            assertThat(a.raw().headers().firstValue("Retry-After"))
                                    .hasValueSatisfying(
                                            s -> assertThat(Integer.parseInt(s)).isPositive());
                            assertThat(a.text("field")).isIn("answers", "challenge");
                        });
        assertThat(refused() - refused).isEqualTo(tooMany.size());
        assertThat(mallory.broker.seen(SubmitCode.class, his.account()))
                .hasSizeLessThanOrEqualTo(CODES - tooMany.size());
    }

    @Test
    void aUserHasTwentyStreamsAndAnotherHasHis() throws InterruptedException, ExecutionException {
        double refused = refused();
        List<EventStream> his = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(25)) {
            List<Future<EventStream>> asked =
                    IntStream.range(0, STREAMS)
                            .mapToObj(_ -> threads.submit(() -> new EventStream(mallory.client)))
                            .toList();
            for (Future<EventStream> stream : asked) {
                his.add(stream.get());
            }
            assertThat(his.stream().filter(s -> s.status() == 200)).hasSize(MOST_STREAMS);
            assertThat(his.stream().filter(s -> s.status() == 429)).hasSize(STREAMS - MOST_STREAMS);
            assertThat(refused() - refused).isEqualTo(STREAMS - MOST_STREAMS);
            try (EventStream hers = new EventStream(ada.client)) {
                await().until(() -> !hers.events().isEmpty());
            }
        } finally {
            his.forEach(EventStream::close);
        }
        await().untilAsserted(
                        () -> {
                            try (EventStream again = new EventStream(mallory.client)) {
                                assertThat(again.status()).isEqualTo(200);
                            }
                        });
    }

    @Test
    void aCodeOfAMegabyteIsNotRead() {
        Open his = Open.of(mallory);
        double refused = refused();
        Client.Answer answer =
                mallory.client.post(
                        his.path(),
                        Map.of(
                                "submissionId",
                                UUID.randomUUID(),
                                "round",
                                1,
                                "sealed",
                                "x".repeat(1_000_000)));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(refused() - refused).isEqualTo(1);
        assertThat(mallory.broker.seen(SubmitCode.class, his.account())).isEmpty();
    }

    @Test
    void aFactAboutARunOfAnotherAccountChangesNothingAndIsCounted() {
        Open hers = Open.of(ada);
        UUID his = mallory.account();
        double foreign = count("keyturn.home.facts.foreign");
        ada.broker.send(
                Principal.WORKER,
                Topics.EVENTS,
                new RunFinished(
                        UUID.randomUUID(), mallory.id(), his, hers.facts().run, 1, Instant.now()));
        await().until(() -> count("keyturn.home.facts.foreign") == foreign + 1);
        assertThat(ada.getRun(hers.facts().run).path("state").asText()).isEqualTo("WAITING");
        assertThat(mallory.get(his).path("run").isNull()).isTrue();
    }

    private double refused() {
        return count("keyturn.home.refused");
    }

    private double count(String name) {
        return metrics.find(name).counters().stream().mapToDouble(Counter::count).sum();
    }
}
