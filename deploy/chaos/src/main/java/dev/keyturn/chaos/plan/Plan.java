package dev.keyturn.chaos.plan;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which faults there will be and who will sign in; the same for the same seed.
 *
 * @param faults in the order of their begin
 * @param visits in the order of their begin
 * @param homes how many of home-service there are
 * @param inTurn whether each fault waits until the one before it is over
 */
public record Plan(List<Fault> faults, List<Visit> visits, int homes, boolean inTurn) {

    private static final Duration FIRST = Duration.ofSeconds(5);

    /** Before restarts, so that one knows how long people wait without. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    /**
     * From one restart to the next: what a start takes, and ten seconds of being ready, which a
     * Deployment calls minReadySeconds.
     */
    private static final Duration TURN = Duration.ofSeconds(15);

    private static final List<String> ALL_STAND_ON = List.of(Names.KAFKA, Names.POSTGRES);

    private static final int LOGINS = 90_000;

    /** How long a process that was started again is left alone. */
    private static final Duration RECOVERY = Duration.ofSeconds(8);

    /** The same for what all others stand on; else nothing but their outages would be tried. */
    private static final Duration RECOVERY_OF_ALL = Duration.ofSeconds(60);

    /** Which faults, by their frequency in a hundred. */
    private static final List<FaultKind> KINDS =
            weighted(
                    List.of(FaultKind.values()),
                    kind ->
                            switch (kind) {
                                case KILLED -> 38;
                                case FROZEN -> 20;
                                case CUT_FROM_BROKER -> 22;
                                case CUT_FROM_DATABASE -> 10;
                                case ASKED_TO_STOP -> 10;
                            });

    private static final List<Habit> HABITS = weighted(List.of(Habit.values()), Habit::weight);

    public Plan {
        faults = List.copyOf(faults);
        visits = List.copyOf(visits);
    }

    /**
     * What this seed says.
     *
     * @param load for how long faults begin and people come
     * @param rate people in a second
     */
    public static Plan of(long seed, Duration load, double rate) {
        List<Visit> visits = visits(new Random(~seed), load, rate);
        return new Plan(faults(new Random(seed), load), visits, 1, false);
    }

    /**
     * The same people, who know nothing of it: every service is restarted, one after the other, and
     * again for as long as there is time.
     */
    public static Plan rolling(long seed, Duration load, double rate) {
        List<Fault> restarts = new ArrayList<>();
        List<String> services = Names.services(2);
        for (Duration at = QUIET; at.compareTo(load) < 0; at = at.plus(TURN)) {
            String service = services.get(restarts.size() % services.size());
            restarts.add(new Fault(at, FaultKind.ASKED_TO_STOP, service, Duration.ZERO, false));
        }
        return new Plan(restarts, visits(new Random(~seed), load, rate), 2, true);
    }

    private static List<Fault> faults(Random random, Duration load) {
        List<Fault> faults = new ArrayList<>();
        Deque<FaultKind> eachOnce = new ArrayDeque<>(shuffled(random));
        Duration at = FIRST;
        while (at.compareTo(load) < 0) {
            @Nullable FaultKind first = eachOnce.peek();
            FaultKind kind = first == null ? KINDS.get(random.nextInt(KINDS.size())) : first;
            Duration lasts = lasts(kind, random);
            boolean silent = random.nextBoolean();
            List<String> targets = targets(kind, busy(faults, at));
            if (!targets.isEmpty()) {
                String target = targets.get(random.nextInt(targets.size()));
                faults.add(new Fault(at, kind, target, lasts, silent));
                eachOnce.poll();
            }
            at = at.plusMillis(1_500 + random.nextInt(4_000));
        }
        return faults;
    }

    private static List<FaultKind> shuffled(Random random) {
        List<FaultKind> kinds = new ArrayList<>(List.of(FaultKind.values()));
        Collections.shuffle(kinds, random);
        return kinds;
    }

    private static Duration lasts(FaultKind kind, Random random) {
        return switch (kind) {
            case KILLED, ASKED_TO_STOP -> millis(random, 0, 3_000);
            case FROZEN -> millis(random, 11_000, 19_000);
            case CUT_FROM_BROKER, CUT_FROM_DATABASE -> millis(random, 2_000, 18_000);
        };
    }

    /** Where something is wrong already. */
    private static List<String> busy(List<Fault> faults, Duration at) {
        return faults.stream()
                .filter(f -> f.at().plus(f.lasts()).plus(recovery(f)).compareTo(at) > 0)
                .map(Fault::target)
                .toList();
    }

    private static Duration recovery(Fault fault) {
        return ALL_STAND_ON.contains(fault.target()) ? RECOVERY_OF_ALL : RECOVERY;
    }

    /** One of each service is spared, so that a pause is the service's and not ours. */
    private static List<String> targets(FaultKind kind, List<String> busy) {
        List<String> targets = new ArrayList<>();
        for (String worker : Names.WORKERS) {
            add(targets, worker, 4, busy.stream().filter(Names.WORKERS::contains).count() < 2);
        }
        for (String twofa : Names.TWOFAS) {
            add(targets, twofa, 3, busy.stream().noneMatch(Names.TWOFAS::contains));
        }
        add(targets, Names.HOME, 3, true);
        boolean isSafe =
                kind == FaultKind.KILLED && ALL_STAND_ON.stream().noneMatch(busy::contains);
        ALL_STAND_ON.forEach(name -> add(targets, name, 1, isSafe));
        targets.removeIf(busy::contains);
        return targets;
    }

    private static void add(List<String> targets, String name, int weight, boolean allowed) {
        for (int i = 0; allowed && i < weight; i++) {
            targets.add(name);
        }
    }

    private static List<Visit> visits(Random random, Duration load, double rate) {
        List<Visit> visits = new ArrayList<>();
        int number = random.nextInt(LOGINS);
        double at = 0;
        while (at < load.toMillis()) {
            number = (number + 1) % LOGINS;
            visits.add(
                    new Visit(
                            Duration.ofMillis((long) at),
                            family(random) + "-" + (number + 1),
                            HABITS.get(random.nextInt(HABITS.size())),
                            millis(random, 200, 6_000),
                            millis(random, 500, 15_000),
                            millis(random, -3_000, 4_000),
                            random.nextInt(4) == 0 ? 2 : 1));
            at += -Math.log(1 - random.nextDouble()) * 1_000 / rate;
        }
        return visits;
    }

    /** By SMS, by e-mail, from an app. */
    private static String family(Random random) {
        return List.of("ada", "ada", "ben", "cleo").get(random.nextInt(4));
    }

    private static Duration millis(Random random, int from, int to) {
        return Duration.ofMillis(random.nextInt(from, to));
    }

    private static <T> List<T> weighted(List<T> values, ToIntFunction<T> weight) {
        return values.stream()
                .flatMap(value -> Collections.nCopies(weight.applyAsInt(value), value).stream())
                .toList();
    }
}
