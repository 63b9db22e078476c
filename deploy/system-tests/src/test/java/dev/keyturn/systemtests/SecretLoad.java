package dev.keyturn.systemtests;

import static dev.keyturn.systemtests.Patience.awaiting;

import dev.keyturn.local.api.Challenge;
import dev.keyturn.systemtests.careless.CarelessConnector;
import dev.keyturn.systemtests.careless.Way;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins with secrets that can be recognised: right ones, wrong ones, late ones, some that never
 * reach the site and some that a connector lets go of.
 */
record SecretLoad(World world, Person person, RecordedHome home, Secrets secrets) {

    /** How one of them went. */
    private record Went(String who, String how) {}

    /** Does all at once; how each went, by who it was. */
    Map<String, String> run(LooseSite site) throws InterruptedException, ExecutionException {
        List<Callable<Went>> all = new ArrayList<>();
        for (Way way : Way.values()) {
            all.add(() -> careless(way, site));
        }
        for (String family : List.of("ada", "ben", "cleo")) {
            all.add(() -> mistypes(login(family, 1)));
            all.add(() -> mistypes(login(family, 2)));
        }
        all.add(() -> cancels(login("ada", 3)));
        all.add(() -> wantsAnother(login("ada", 4)));
        all.add(() -> forgetsToSeal(login("ada", 5)));
        all.add(() -> hasAWrongPassword(login("emil", 1)));
        all.add(this::comesByALink);
        Map<String, String> went = new TreeMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Went> one : threads.invokeAll(all)) {
                went.put(one.get().who(), one.get().how());
            }
        }
        return went;
    }

    private static String login(String family, int number) {
        return "%s-81%02d".formatted(family, number);
    }

    /** An account of the careless connector, whose every code is one of the load's. */
    private Went careless(Way way, LooseSite site) {
        UUID account =
                person.add(
                        CarelessConnector.SLUG,
                        way.name(),
                        Map.of(
                                "login", way.name(),
                                "password", secrets.text("the password of " + way),
                                "address", site.address()));
        UUID run = person.run(account);
        Challenge challenge;
        if (way == Way.WAITS_IN_VAIN) {
            challenge = person.challengeOpenOrOver(run);
            awaiting("the deadline").until(() -> Instant.now().isAfter(challenge.deadline()));
        } else {
            challenge = person.challenge(run);
        }
        submit(challenge, secrets.text("the code of " + way));
        submit(challenge, secrets.text("a second code for the same, of " + way));
        if (way == Way.SIGNS_IN || way == Way.REPEATS) {
            submit(person.challenge(run, 2), secrets.text("the next code of " + way));
        }
        String end = end(run);
        // Once more, by the kept session.
        return new Went(way.name(), way == Way.SIGNS_IN ? end(person.run(account)) : end);
    }

    /** Types what is no code, a wrong one and the one that the site sent. */
    private Went mistypes(String login) {
        UUID run = person.run(person.addSandbox(login));
        submit(person.challenge(run), secrets.text("what is no code, of " + login));
        Challenge second = person.challenge(run, 2);
        String right = world.sandboxSite().code(login);
        submit(second, secrets.number("a wrong code of " + login, wrong(right)));
        Challenge third = person.challenge(run, 3);
        submit(third, codeOf(login));
        return new Went(login, end(run));
    }

    private static String wrong(String right) {
        return String.format(Locale.ROOT, "%06d", (Integer.parseInt(right) + 271_828) % 1_000_000);
    }

    private Went cancels(String login) {
        UUID run = person.run(person.addSandbox(login));
        Challenge challenge = person.challenge(run);
        var _ = person.home().cancelChallenge(challenge.id());
        String end = end(run);
        var _ = submit(challenge, secrets.text("the code after the end, of " + login));
        return new Went(login, end);
    }

    /** The site has sent another one: what came with the message before is worth nothing. */
    private Went wantsAnother(String login) {
        UUID run = person.run(person.addSandbox(login));
        Challenge first = person.challenge(run);
        Instant from = Objects.requireNonNull(first.resendFrom());
        awaiting("the site to send again").until(() -> Instant.now().isAfter(from));
        var _ = person.home().resend(first.id());
        Challenge next =
                awaiting("the next round")
                        .until(
                                () -> person.home().challenge(first.id()),
                                c -> c.round() > first.round());
        var _ = submit(first, secrets.text("the code of the round before, of " + login));
        submit(next, codeOf(login));
        return new Went(login, end(run));
    }

    private Went hasAWrongPassword(String login) {
        String password = secrets.text("the wrong password of " + login);
        UUID account = person.add("sandbox", login, Map.of("login", login, "password", password));
        return new Went(login, end(person.run(account)));
    }

    private Went forgetsToSeal(String login) {
        UUID account = person.addSandbox(login);
        UUID run = person.run(account);
        Challenge challenge = person.challenge(run);
        Unsealed unsealed = new Unsealed(home, secrets);
        unsealed.credentials(account);
        unsealed.codes(challenge);
        submit(challenge, codeOf(login));
        return new Went(login, end(run));
    }

    private Went comesByALink() {
        int status =
                new ByLink(world.stackSettings().homeUrl(), secrets).signIn(person.loginLink());
        return new Went("by link", String.valueOf(status));
    }

    private String codeOf(String login) {
        return secrets.number("the code of " + login, world.sandboxSite().code(login));
    }

    private String submit(Challenge challenge, String code) {
        return new Submitting(home).submit(challenge, code);
    }

    /** The state in which the run ended, or its reason. */
    private String end(UUID run) {
        var ended = person.end(run);
        @Nullable String reason = ended.reason();
        return reason == null ? ended.state() : reason;
    }
}
