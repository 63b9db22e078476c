package dev.keyturn.chaos.person;

import dev.keyturn.chaos.plan.Visit;
import dev.keyturn.chaos.stack.Stack;
import dev.keyturn.local.api.ApiFailure;
import dev.keyturn.local.api.Challenge;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.api.Phone;
import dev.keyturn.local.api.Run;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.FleetPublicKeys;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who adds an account, signs in, and deals with what she is asked as is her habit. What
 * does not work she tries again, as the page does, until Keyturn answers.
 */
public final class Person {

    private static final String CONNECTOR = "sandbox";
    private static final Duration LOOKS_EVERY = Duration.ofMillis(700);

    private final Visit visit;
    private final String user;
    private final HomeApi home;
    private final Phone phone;
    private final Tab tab;
    private final Ledger ledger;
    private final Patience patience;

    /** What was answered already: challenge and round. */
    private final Set<String> dealtWith = new HashSet<>();

    private final Set<String> typed = new HashSet<>();
    private @Nullable Waiting waiting;

    private record Waiting(Instant since, String after, UUID challenge) {}

    public Person(Visit visit, String user, Stack stack, Ledger ledger) {
        this.visit = visit;
        this.user = user;
        this.home = stack.home(user);
        this.phone = new Phone(stack.settings().sandboxUrl());
        this.tab = new Tab(URI.create(stack.homeUrl()), stack.token(), user);
        this.ledger = ledger;
        this.patience = new Patience(ledger);
    }

    /** Returns when all her runs have ended. */
    public void visit() throws InterruptedException {
        UUID account = UUID.randomUUID();
        addAccount(account);
        for (int number = 1; number <= visit.runs(); number++) {
            signIn(account);
        }
    }

    private void addAccount(UUID account) throws InterruptedException {
        Map<String, String> fields = Map.of("login", visit.login(), "password", "sandbox");
        patience.untilAnswered(
                () -> {
                    String sealed =
                            FleetPublicKeys.parse(home.keys())
                                    .sealCredentials(fields, account, CONNECTOR);
                    try {
                        home.createAccount(account, CONNECTOR, visit.login(), sealed);
                    } catch (ApiFailure e) {
                        if (e.status() != 409) {
                            throw e;
                        }
                        // It was there: only the answer had been lost.
                    }
                    return true;
                });
    }

    private void signIn(UUID account) throws InterruptedException {
        Instant begin = Instant.now();
        UUID run = patience.untilAnswered(() -> startOrJoin(account));
        ledger.runs(new Ledger.RunOfPerson(run, account, user, visit.login(), false));
        waiting = new Waiting(begin, "she asked for the run", run);
        Run seen = patience.untilAnswered(() -> home.run(run));
        while (!seen.ended()) {
            UUID asked = seen.challengeId();
            if (asked != null) {
                Challenge challenge = patience.untilAnswered(() -> home.challenge(asked));
                look(run, challenge);
            }
            Thread.sleep(beforeNextLook());
            seen = patience.untilAnswered(() -> home.run(run));
        }
        hasAnswer(run);
    }

    private Duration beforeNextLook() {
        return waiting == null ? LOOKS_EVERY : Patience.pause(LOOKS_EVERY, waiting.since());
    }

    private UUID startOrJoin(UUID account) {
        try {
            return home.startRun(account, "MANUAL", false).id();
        } catch (ApiFailure e) {
            UUID open = e.problem().runId();
            if (open == null) {
                throw e;
            }
            return open;
        }
    }

    private void look(UUID run, Challenge challenge) throws InterruptedException {
        boolean isNew = waiting != null && !waiting.challenge().equals(challenge.id());
        boolean isOver = challenge.state().equals("REJECTED") || challenge.state().equals("ENDED");
        if (isNew || isOver) {
            hasAnswer(run);
        }
        if (challenge.open() && dealtWith.add(challenge.id() + "/" + challenge.round())) {
            deal(run, challenge);
        }
    }

    private void hasAnswer(UUID run) {
        if (waiting != null) {
            Instant now = Instant.now();
            Duration length = Duration.between(waiting.since(), now);
            ledger.waited(new Ledger.Pause(length, waiting.after(), run, now));
            waiting = null;
        }
    }

    private void deal(UUID run, Challenge challenge) throws InterruptedException {
        Thread.sleep(visit.thinks());
        switch (visit.habit()) {
            case ANSWERS -> submit(run, challenge, rightCode(challenge));
            case MISTYPES -> {
                String right = rightCode(challenge);
                submit(run, challenge, challenge.attempt() == 1 ? wrongCode(right) : right);
            }
            case IS_LATE -> {
                Instant at = challenge.deadline().plus(visit.late());
                Thread.sleep(
                        Duration.between(Instant.now(), at).isNegative()
                                ? Duration.ZERO
                                : Duration.between(Instant.now(), at));
                submit(run, challenge, rightCode(challenge));
            }
            case NEVER_ANSWERS -> {}
            case CANCELS -> {
                ledger.givesUp(run);
                waiting = new Waiting(Instant.now(), "she cancelled", challenge.id());
                patience.untilAnswered(() -> cancel(challenge));
            }
            case CANCELS_THE_RUN -> {
                ledger.givesUp(run);
                waiting = new Waiting(Instant.now(), "she cancelled the run", challenge.id());
                patience.untilAnswered(() -> cancelRun(run));
            }
            case CLOSES_THE_TAB -> closeTheTab(run, challenge);
            case HAS_TWO_TABS -> submitInTwoTabs(run, challenge);
        }
    }

    private boolean cancel(Challenge challenge) {
        home.cancelChallenge(challenge.id());
        return true;
    }

    private boolean cancelRun(UUID run) {
        try {
            home.cancelRun(run);
        } catch (ApiFailure e) {
            if (e.status() != 409) {
                throw e;
            }
            // It had ended meanwhile; she sees so when she looks.
        }
        return true;
    }

    private void closeTheTab(UUID run, Challenge challenge) throws InterruptedException {
        Press press = press(run, challenge, rightCode(challenge));
        tab.submitAndClose(challenge.id(), press.id(), challenge.round(), press.sealed());
        Thread.sleep(visit.comesBack());
        // As long as she was away she did not wait, and Home may never have had it.
        waiting = new Waiting(Instant.now(), "she gave a code", challenge.id());
        awaitVerdict(challenge, press);
    }

    private void submitInTwoTabs(UUID run, Challenge challenge) throws InterruptedException {
        String code = rightCode(challenge);
        Press first = press(run, challenge, code);
        Press other = press(run, challenge, code);
        tab.submitAndClose(challenge.id(), first.id(), challenge.round(), first.sealed());
        tab.submitAndClose(challenge.id(), other.id(), challenge.round(), other.sealed());
        awaitVerdict(challenge, other);
        awaitVerdict(challenge, first);
    }

    private record Press(UUID id, String sealed) {}

    private void submit(UUID run, Challenge challenge, String code) throws InterruptedException {
        Instant begin = Instant.now();
        awaitVerdict(challenge, press(run, challenge, code));
        Instant now = Instant.now();
        Duration length = Duration.between(begin, now);
        ledger.waited(new Ledger.Pause(length, "she gave a code (its verdict)", run, now));
    }

    private Press press(UUID run, Challenge challenge, String code) {
        typed.add(code);
        Map<String, Object> jwk = Objects.requireNonNull(challenge.jwk(), "a challenge has a key");
        Press press =
                new Press(
                        UUID.randomUUID(),
                        ChallengeKey.seal(jwk, code, challenge.id(), challenge.round()));
        Instant now = Instant.now();
        ledger.submits(press.id(), challenge.id(), run, code, now);
        waiting = new Waiting(now, "she gave a code", challenge.id());
        return press;
    }

    /** The same submission again and again, as the page sends it. */
    private void awaitVerdict(Challenge challenge, Press press) throws InterruptedException {
        String verdict = "PENDING";
        while (verdict.equals("PENDING")) {
            verdict =
                    patience.untilAnswered(
                            () ->
                                    home.submit(
                                            challenge.id(),
                                            press.id(),
                                            challenge.round(),
                                            press.sealed()));
        }
        ledger.isTold(press.id(), verdict);
    }

    /** The newest that was not typed before; an authenticator shows another one after a while. */
    private String rightCode(Challenge challenge) throws InterruptedException {
        while (true) {
            Optional<String> code =
                    patience
                            .untilAnswered(() -> phone.messages(Optional.of(visit.login())))
                            .stream()
                            .filter(Phone.Message::usable)
                            .map(Phone.Message::code)
                            .filter(Objects::nonNull)
                            .findFirst();
            boolean isOver = Instant.now().isAfter(challenge.deadline().plusSeconds(10));
            if (code.isPresent() && (isOver || !typed.contains(code.get()))) {
                return code.get();
            }
            if (isOver) {
                return "000000";
            }
            Thread.sleep(LOOKS_EVERY);
        }
    }

    private String wrongCode(String right) {
        int number = Integer.parseInt(right);
        String wrong;
        do {
            number = (number + 1) % 1_000_000;
            wrong = "%06d".formatted(number);
        } while (typed.contains(wrong));
        return wrong;
    }
}
