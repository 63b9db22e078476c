package dev.keyturn.benchmark;

import dev.keyturn.benchmark.connector.TimedConnector;
import dev.keyturn.local.api.Challenge;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.FleetPublicKeys;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** People with accounts at the sandbox site, each with a run that waits for a code. */
final class Crowd {

    /** Accounts of one person. */
    private static final int EACH = 100;

    private static final int AT_ONCE = 8;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration STUCK = Duration.ofMinutes(2);

    private final BenchStack stack;
    private final HttpClient client;
    private final Consumer<String> progress;
    private final List<Person> persons = new ArrayList<>();
    private int made;

    /** Somebody, with the page that is open. */
    record Person(String name, HomeApi api, Browser browser) {}

    /**
     * A run that waits.
     *
     * @param login of its account at the site
     * @param code the sealed code, as the page sends it
     */
    record Waiting(Person person, String login, UUID challenge, Buffer code) {}

    Crowd(BenchStack stack, HttpClient client, Consumer<String> progress) {
        this.stack = stack;
        this.client = client;
        this.progress = progress;
    }

    List<Person> persons() {
        return List.copyOf(persons);
    }

    /** Makes that many more runs, and returns when they wait; in no order. */
    List<Waiting> grow(int count) {
        int before = stack.waiting();
        long start = System.nanoTime();
        List<Person> fresh = new ArrayList<>();
        List<Integer> shares = new ArrayList<>();
        for (int left = count; left > 0; left -= EACH) {
            fresh.add(person());
            shares.add(Math.min(EACH, left));
        }
        int first = made + 1;
        made += count;
        inParallel(
                IntStream.range(0, fresh.size())
                        .<Runnable>mapToObj(
                                i -> () -> start(fresh.get(i), first + i * EACH, shares.get(i)))
                        .toList());
        awaitWaiting(before + count);
        progress.accept(
                "%d runs wait (%.0f s)"
                        .formatted(before + count, (System.nanoTime() - start) / 1e9));
        return collect(fresh, shares);
    }

    private Person person() {
        String name = "crowd-" + (persons.size() + 1);
        HomeApi api = stack.home(name);
        Person person = new Person(name, api, Browser.signIn(client, api));
        persons.add(person);
        return person;
    }

    private static void start(Person person, int first, int count) {
        FleetPublicKeys keys = FleetPublicKeys.parse(person.api().keys());
        for (int number = first; number < first + count; number++) {
            UUID account = UUID.randomUUID();
            String login = "ada-" + number;
            Map<String, String> fields = Map.of("login", login, "password", "sandbox");
            person.api()
                    .createAccount(
                            account,
                            TimedConnector.SLUG,
                            login,
                            keys.sealCredentials(fields, account, TimedConnector.SLUG));
            var _ = person.api().startRun(account, "MANUAL", false);
        }
    }

    private void awaitWaiting(int count) {
        int waiting = stack.waiting();
        long progressAt = System.nanoTime();
        while (waiting < count) {
            Pace.sleep(LOOK);
            int now = stack.waiting();
            if (now > waiting) {
                progressAt = System.nanoTime();
            } else if (System.nanoTime() - progressAt > STUCK.toNanos()) {
                throw new IllegalStateException(
                        "%d runs must wait, %d do and no more come".formatted(count, now));
            }
            waiting = now;
        }
    }

    private static List<Waiting> collect(List<Person> persons, List<Integer> shares) {
        List<Waiting> all = new ArrayList<>();
        for (int i = 0; i < persons.size(); i++) {
            all.addAll(collect(persons.get(i), shares.get(i)));
        }
        java.util.Collections.shuffle(all, ThreadLocalRandom.current());
        return all;
    }

    private static List<Waiting> collect(Person person, int count) {
        List<Challenge> open = person.api().openChallenges();
        while (open.size() < count) {
            Pace.sleep(LOOK);
            open = person.api().openChallenges();
        }
        Set<UUID> seen = new HashSet<>();
        return open.stream().filter(c -> seen.add(c.id())).map(c -> waiting(person, c)).toList();
    }

    /** The code is sealed before it is timed, as a page does while a person still types. */
    private static Waiting waiting(Person person, Challenge challenge) {
        String sealed =
                ChallengeKey.seal(
                        Objects.requireNonNull(challenge.jwk()),
                        "123456",
                        challenge.id(),
                        challenge.round());
        return new Waiting(
                person,
                Objects.requireNonNull(challenge.label()),
                challenge.id(),
                Browser.json(
                        Map.of(
                                "submissionId",
                                UUID.randomUUID(),
                                "round",
                                challenge.round(),
                                "sealed",
                                sealed)));
    }

    private static void inParallel(List<Runnable> tasks) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> done = new ArrayList<>();
            tasks.forEach(task -> done.add(threads.submit(task)));
            for (Future<?> one : done) {
                var _ = one.get();
            }
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("The runs could not be started", e);
        }
    }
}
