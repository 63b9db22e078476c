package dev.keyturn.simulator.cast;

import dev.keyturn.commands.CancelChallenge;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.ExtendChallenge;
import dev.keyturn.commands.ResendCode;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.home.status.ChallengeStatus;
import dev.keyturn.home.status.RunStatus;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.SealException;
import dev.keyturn.simulator.Mutant;
import dev.keyturn.simulator.world.SimulatedProcess;
import dev.keyturn.simulator.world.World;
import dev.keyturn.values.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with an account: asks for runs, and deals with the question for a code as people do.
 * What Home does not answer is said again, as the page does.
 */
public final class Person {

    /** What somebody does when a code is wanted. */
    private enum Habit {
        ANSWERS,
        ANSWERS_IN_TWO_TABS,
        MISTYPES,
        TYPES_NO_CODE,
        AT_THE_DEADLINE,
        NEVER,
        CANCELS,
        CANCELS_THE_RUN,
        WANTS_IT_AGAIN,
        WANTS_MORE_TIME
    }

    private static final Habit[] HABITS = {
        Habit.ANSWERS,
        Habit.ANSWERS,
        Habit.ANSWERS,
        Habit.ANSWERS_IN_TWO_TABS,
        Habit.ANSWERS_IN_TWO_TABS,
        Habit.MISTYPES,
        Habit.TYPES_NO_CODE,
        Habit.AT_THE_DEADLINE,
        Habit.NEVER,
        Habit.CANCELS,
        Habit.CANCELS_THE_RUN,
        Habit.WANTS_IT_AGAIN,
        Habit.WANTS_IT_AGAIN,
        Habit.WANTS_MORE_TIME
    };

    /** What was said to one challenge in one round. */
    private record Said(UUID challengeId, int round) {}

    /** What somebody was told of a submission. */
    public record Told(UUID challengeId, UUID submissionId, Verdict verdict) {}

    private static final Duration HOUR = Duration.ofHours(1);

    private final SimulatedProcess people;
    private final Cast cast;
    private final Site site;
    private final UUID account;
    private final UUID owner;
    private final int runs;
    private final Set<Said> said = new HashSet<>();
    private final List<Told> told = new ArrayList<>();
    private final Map<UUID, String> typed = new HashMap<>();
    private final Map<UUID, Boolean> asked = new HashMap<>();
    private final List<UUID> mine = new ArrayList<>();
    private boolean done;
    private int underWay;

    Person(SimulatedProcess people, Cast cast, Site site, int runs) {
        this.people = people;
        this.cast = cast;
        this.site = site;
        this.account = people.next();
        this.owner = people.next();
        this.runs = runs;
    }

    /** Whether all is done that somebody wanted. */
    public boolean isDone() {
        return done && underWay == 0;
    }

    public List<Told> told() {
        return told;
    }

    /** What was typed, by submission. */
    public Map<UUID, String> typed() {
        return typed;
    }

    /** The runs that were asked for, and whether each left the kept session aside. */
    public Map<UUID, Boolean> asked() {
        return asked;
    }

    /** The runs in their order. */
    public List<UUID> mine() {
        return mine;
    }

    void start() {
        people.start("person", this::live);
    }

    private World world() {
        return people.world();
    }

    private void live() {
        String style = world().perMille(300) ? "LOOSE" : "STEPS";
        insist(
                home -> {
                    home.add(account, owner, style);
                    return true;
                });
        for (int i = 0; i < runs; i++) {
            people.lapse(3_000, 20_000);
            boolean fresh = world().perMille(600);
            UUID run = insist(home -> home.request(account, owner, fresh));
            if (asked.putIfAbsent(run, fresh) == null) {
                mine.add(run);
            }
            stayWith(run);
        }
        done = true;
    }

    private void stayWith(UUID run) {
        long end = world().now() + HOUR.toMillis();
        while (!hasEnded(run) && world().now() < end) {
            Optional<ChallengeStatus> open = open(run);
            if (open.isPresent()) {
                ChallengeStatus challenge = open.get();
                Said now =
                        new Said(
                                challenge.challengeId(),
                                Objects.requireNonNull(challenge.asked()).round());
                if (said.add(now)) {
                    answer(run, challenge);
                }
            }
            people.until(() -> hasEnded(run) || isNew(run), Duration.ofSeconds(30));
        }
    }

    private boolean isNew(UUID run) {
        return open(run)
                .filter(
                        c ->
                                !said.contains(
                                        new Said(
                                                c.challengeId(),
                                                Objects.requireNonNull(c.asked()).round())))
                .isPresent();
    }

    private Optional<RunStatus> shown(UUID run) {
        return cast.homeTables().run(run);
    }

    private boolean hasEnded(UUID run) {
        return shown(run).filter(r -> r.end() != null).isPresent();
    }

    private Optional<ChallengeStatus> open(UUID run) {
        return shown(run).flatMap(RunStatus::lastAsked).filter(ChallengeStatus::waits);
    }

    private void answer(UUID run, ChallengeStatus challenge) {
        Instant deadline = Objects.requireNonNull(challenge.asked()).deadline();
        switch (HABITS[world().random().nextInt(HABITS.length)]) {
            case ANSWERS -> {
                people.lapse(4_000, 12_000);
                submit(challenge, code());
            }
            case ANSWERS_IN_TWO_TABS -> {
                people.lapse(2_000, 4_000);
                beside(() -> submit(challenge, code()));
                beside(() -> submit(challenge, code()));
            }
            case MISTYPES -> {
                people.lapse(2_000, 4_000);
                submit(challenge, String.valueOf(world().random().nextInt(10_000_000, 99_999_999)));
            }
            case TYPES_NO_CODE -> submit(challenge, "no code");
            case AT_THE_DEADLINE -> {
                waitUntil(deadline.plusMillis(world().random().nextInt(-1_500, 1_500)));
                submit(challenge, code());
            }
            case NEVER -> {}
            case CANCELS -> {
                people.lapse(1_000, 3_000);
                beside(() -> submit(challenge, code()));
                say(
                        people.next(),
                        (id, at) ->
                                new CancelChallenge(
                                        id, owner, account, at, challenge.challengeId()));
            }
            case CANCELS_THE_RUN -> {
                people.lapse(2_000, 5_000);
                insist(
                        home -> {
                            home.cancel(account, owner, run);
                            return true;
                        });
                submit(challenge, code());
            }
            case WANTS_IT_AGAIN -> {
                int round = Objects.requireNonNull(challenge.asked()).round();
                say(
                        people.next(),
                        (id, at) ->
                                new ResendCode(
                                        id, owner, account, at, challenge.challengeId(), round));
                if (world().perMille(500)) {
                    submit(challenge, code());
                }
            }
            case WANTS_MORE_TIME -> {
                say(
                        people.next(),
                        (id, at) ->
                                new ExtendChallenge(
                                        id,
                                        owner,
                                        account,
                                        at,
                                        challenge.challengeId(),
                                        deadline.plusSeconds(20)));
                waitUntil(deadline.plusMillis(world().random().nextInt(-2_000, 15_000)));
                submit(challenge, code());
            }
        }
    }

    private void beside(Runnable work) {
        underWay++;
        people.start(
                "tab",
                () -> {
                    work.run();
                    underWay--;
                });
    }

    private void waitUntil(Instant instant) {
        people.until(() -> false, Duration.between(world().instant(), instant));
    }

    private String code() {
        return Objects.requireNonNullElse(site.lastCode(account), "00000000");
    }

    private void submit(ChallengeStatus challenge, String code) {
        int round = Objects.requireNonNull(challenge.asked()).round();
        UUID id = people.next();
        String sealed = seal(challenge, code, round);
        typed.put(id, code);
        Verdict verdict =
                say(
                        id,
                        (command, at) ->
                                new SubmitCode(
                                        people.next(),
                                        owner,
                                        account,
                                        at,
                                        challenge.challengeId(),
                                        command,
                                        round,
                                        sealed));
        told.add(new Told(challenge.challengeId(), id, verdict));
    }

    private String seal(ChallengeStatus challenge, String code, int round) {
        if (world().has(Mutant.CODE_IN_CLEAR)) {
            return code;
        }
        try {
            String sealTo = Objects.requireNonNull(challenge.asked()).sealTo();
            return ChallengeKey.seal(
                    Fleet.verified(Objects.requireNonNull(sealTo)).jwk(),
                    code,
                    challenge.challengeId(),
                    round);
        } catch (SealException e) {
            throw new IllegalStateException("a prompt that is shown verifies", e);
        }
    }

    private interface Words {
        ChallengeCommand at(UUID id, Instant at);
    }

    /** Says it until there is a verdict. */
    private Verdict say(UUID id, Words words) {
        long end = world().now() + HOUR.toMillis();
        while (world().now() < end) {
            Optional<Verdict> verdict = ask(home -> verdict(home, id, words));
            if (verdict.filter(v -> !v.equals(Verdict.PENDING)).isPresent()) {
                return verdict.get();
            }
            people.lapse(1_500, 5_000);
        }
        return Verdict.PENDING;
    }

    private static Verdict verdict(HomeProcess home, UUID id, Words words) {
        try {
            return home.say(id, at -> words.at(id, at));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts it", e);
        }
    }

    private <T> T insist(Function<HomeProcess, T> call) {
        while (true) {
            Optional<T> answer = ask(call);
            if (answer.isPresent()) {
                return answer.get();
            }
            people.lapse(2_000, 5_000);
        }
    }

    /** One request; empty if no answer came. */
    private <T> Optional<T> ask(Function<HomeProcess, T> call) {
        @Nullable HomeProcess home = cast.home();
        if (home == null) {
            return Optional.empty();
        }
        List<T> answers = new ArrayList<>();
        boolean[] failed = new boolean[1];
        home.process()
                .start(
                        "request",
                        () -> {
                            try {
                                answers.add(call.apply(home));
                            } catch (RuntimeException _) {
                                failed[0] = true; // 503: the page says it again
                            }
                        });
        people.until(
                () -> !answers.isEmpty() || failed[0] || !home.process().isAlive(),
                Duration.ofSeconds(20));
        return answers.stream().findFirst();
    }
}
