package dev.keyturn.chaos;

import dev.keyturn.chaos.audit.Audit;
import dev.keyturn.chaos.audit.Collector;
import dev.keyturn.chaos.audit.Evidence;
import dev.keyturn.chaos.audit.Violation;
import dev.keyturn.chaos.audit.Waits;
import dev.keyturn.chaos.person.Ledger;
import dev.keyturn.chaos.person.Person;
import dev.keyturn.chaos.plan.Fault;
import dev.keyturn.chaos.plan.FaultKind;
import dev.keyturn.chaos.plan.Plan;
import dev.keyturn.chaos.plan.Visit;
import dev.keyturn.chaos.stack.Stack;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.local.commands.Chaos;
import dev.keyturn.local.infra.PrivateFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Does what a plan says to a stack of its own, waits until all has come to rest, and audits. */
public final class RealChaos implements Chaos.Maker {

    /** Many people share a user of Home: it limits the open runs of each. */
    private static final int USERS = 20;

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(40);

    /** How long before the end nothing new begins. */
    private static final Duration LAST = Duration.ofSeconds(20);

    /** How long after the end it may take until all has come to rest. */
    private static final Duration REST = Duration.ofMinutes(3);

    @Override
    public int make(Chaos.Wanted wanted, Consumer<String> out) throws InterruptedException {
        Report report = run(wanted, out);
        report.lines().forEach(out);
        return report.violations().isEmpty() ? 0 : 1;
    }

    /** Everything; the processes are stopped when this returns. */
    public static Report run(Chaos.Wanted wanted, Consumer<String> tell)
            throws InterruptedException {
        Instant begin = Instant.now();
        Consumer<String> timed = line -> tell.accept("%6.1f s  %s".formatted(since(begin), line));
        long seed = wanted.seed();
        Path folder = wanted.folder();
        Duration load = wanted.time().minus(LAST);
        Plan plan =
                wanted.rolling()
                        ? Plan.rolling(seed, load, wanted.rate())
                        : Plan.of(seed, load, wanted.rate());
        timed.accept(
                "seed %d plans %d faults and %d people; logs are in %s"
                        .formatted(seed, plan.faults().size(), plan.visits().size(), folder));
        PrivateFiles.deleteAll(folder.resolve("violations"));
        try (Stack stack = Stack.start(folder, plan.homes(), ANSWER_WITHIN, timed)) {
            timed.accept("all processes are ready");
            return new Attempt(stack, plan, timed).run(seed);
        }
    }

    private static double since(Instant begin) {
        return begin.until(Instant.now(), ChronoUnit.MILLIS) / 1e3;
    }

    /** One plan, done to one stack. */
    private static final class Attempt {
        private final Stack stack;
        private final Plan plan;
        private final Consumer<String> tell;
        private final Ledger ledger = new Ledger();
        private final List<Fault> done = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger leftOut = new AtomicInteger();
        private final List<Violation> found = Collections.synchronizedList(new ArrayList<>());
        private final AtomicReference<@Nullable Instant> firstFault = new AtomicReference<>();
        private final Instant begin = Instant.now();

        Attempt(Stack stack, Plan plan, Consumer<String> tell) {
            this.stack = stack;
            this.plan = plan;
            this.tell = tell;
        }

        private interface Part {
            void go() throws InterruptedException;
        }

        Report run(long seed) throws InterruptedException {
            CountDownLatch faults = new CountDownLatch(plan.faults().size());
            CountDownLatch people = new CountDownLatch(plan.visits().size());
            List<Thread> threads = new ArrayList<>();
            if (plan.inTurn()) {
                threads.add(inTurn(faults));
            } else {
                plan.faults()
                        .forEach(
                                f ->
                                        threads.add(
                                                at(f.at(), faults, f.toString(), () -> suffer(f))));
            }
            int number = 0;
            for (Visit visit : plan.visits()) {
                String user = "chaos-" + number++ % USERS;
                threads.add(at(visit.at(), people, visit.toString(), () -> visit(visit, user)));
            }
            faults.await();
            tell.accept("all faults are over");
            if (!people.await(REST.toSeconds(), TimeUnit.SECONDS)) {
                threads.stream().filter(Thread::isAlive).forEach(this::stillWaits);
            }
            threads.forEach(Thread::interrupt);
            rest();
            tell.accept("all has come to rest");
            return judge(seed);
        }

        private void stillWaits(Thread person) {
            String where =
                    Stream.of(person.getStackTrace())
                            .filter(f -> f.getClassName().startsWith("dev.keyturn."))
                            .map(StackTraceElement::toString)
                            .collect(Collectors.joining(" < "));
            found.add(
                    new Violation(
                            "everybody gets an answer", null, person.getName() + " at " + where));
        }

        private Thread inTurn(CountDownLatch latch) {
            return Thread.ofVirtual()
                    .name("one after the other")
                    .start(
                            () -> {
                                for (Fault fault : plan.faults()) {
                                    when(fault.at(), latch, fault.toString(), () -> suffer(fault));
                                }
                            });
        }

        private Thread at(Duration when, CountDownLatch latch, String name, Part part) {
            return Thread.ofVirtual().name(name).start(() -> when(when, latch, name, part));
        }

        private void when(Duration when, CountDownLatch latch, String name, Part part) {
            try {
                Thread.sleep(positive(Duration.between(Instant.now(), begin.plus(when))));
                part.go();
            } catch (InterruptedException _) {
                // Told already: somebody still waited at the end.
            } catch (RuntimeException e) {
                found.add(new Violation("everything goes on by itself", null, e + " for " + name));
            } finally {
                latch.countDown();
            }
        }

        private static Duration positive(Duration duration) {
            return duration.isNegative() ? Duration.ZERO : duration;
        }

        private void suffer(Fault fault) throws InterruptedException {
            firstFault.compareAndSet(null, Instant.now());
            if (stack.suffer(fault)) {
                done.add(fault);
            } else {
                leftOut.incrementAndGet();
            }
        }

        private void visit(Visit visit, String user) throws InterruptedException {
            new Person(visit, user, stack, ledger).visit();
        }

        private void rest() throws InterruptedException {
            Collector collector = new Collector(stack);
            Instant end = Instant.now().plus(REST);
            Map<String, Long> left = collector.left();
            while (!left.isEmpty() && Instant.now().isBefore(end)) {
                Thread.sleep(Duration.ofSeconds(1));
                left = collector.left();
            }
        }

        private Report judge(long seed) {
            Evidence evidence = new Collector(stack).collect(ledger);
            Audit audit = Audit.of(evidence);
            found.addAll(audit.violations());
            found.addAll(neverDone());
            Instant first = firstFault.get();
            if (plan.inTurn() && first != null) {
                found.addAll(Waits.tooLong(ledger.pauses(), first));
            }
            writeStories(evidence, audit);
            return new Report(
                    seed, List.copyOf(done), leftOut.get(), audit, ledger, List.copyOf(found));
        }

        /** What is left out of a plan altogether proves nothing. */
        private List<Violation> neverDone() {
            Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
            plan.faults().forEach(f -> kinds.add(f.kind()));
            done.forEach(f -> kinds.remove(f.kind()));
            return kinds.stream()
                    .map(
                            kind ->
                                    new Violation(
                                            "a planned kind of fault is done",
                                            null,
                                            kind.words() + ": never"))
                    .toList();
        }

        /** What is known of each run with a violation, for whoever looks for the cause. */
        private void writeStories(Evidence evidence, Audit audit) {
            Set<UUID> runs =
                    found.stream()
                            .map(Violation::run)
                            .filter(Objects::nonNull)
                            .collect(Collectors.toCollection(LinkedHashSet::new));
            for (UUID run : runs) {
                Path file = stack.folder().resolve("violations").resolve(run + ".txt");
                PrivateFiles.write(file, story(run, evidence, audit));
            }
        }

        private String story(UUID run, Evidence evidence, Audit audit) {
            List<String> lines = new ArrayList<>();
            found.stream().filter(v -> run.equals(v.run())).forEach(v -> lines.add(v.toString()));
            lines.add("held: " + evidence.tables().held().get(run));
            evidence.runs().stream()
                    .filter(r -> r.id().equals(run))
                    .forEach(
                            r -> {
                                lines.add(r.toString());
                                evidence.site().stream()
                                        .filter(e -> r.login().equals(e.user()))
                                        .forEach(e -> lines.add("site: " + e));
                            });
            evidence.submissions().stream()
                    .filter(s -> s.run().equals(run))
                    .forEach(s -> lines.add(s.toString()));
            Set<UUID> challenges = new HashSet<>();
            for (RunFact fact : audit.storyOf(run)) {
                lines.add("log: %s sent=%s".formatted(fact, evidence.sent().get(fact.messageId())));
                if (fact instanceof TwoFaRequested requested) {
                    challenges.add(requested.challengeId());
                }
            }
            evidence.commands().stream()
                    .filter(c -> challenges.contains(c.challengeId()))
                    .map(
                            c ->
                                    "command: %s sent=%s"
                                            .formatted(c, evidence.sent().get(c.messageId())))
                    .forEach(lines::add);
            return String.join("\n", lines) + "\n";
        }
    }
}
