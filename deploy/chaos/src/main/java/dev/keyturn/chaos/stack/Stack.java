package dev.keyturn.chaos.stack;

import dev.keyturn.chaos.plan.Fault;
import dev.keyturn.chaos.plan.FaultKind;
import dev.keyturn.chaos.plan.Names;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.infra.Checkout;
import dev.keyturn.local.infra.FreePorts;
import dev.keyturn.local.infra.Guardian;
import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.KafkaProcess;
import dev.keyturn.local.infra.PostgresAccess;
import dev.keyturn.local.infra.PostgresProcess;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.infra.StackFailure;
import dev.keyturn.local.stack.Member;
import dev.keyturn.local.stack.Members;
import dev.keyturn.local.stack.Settings;
import dev.keyturn.local.stack.StackPorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The whole system as processes: one broker, one database, two of twofa-service, three workers, one
 * or two of Home and the sandbox site. Each of Keyturn's own has a line of its own to broker and
 * database, and people reach Home through one, too.
 */
public final class Stack implements AutoCloseable {

    /** How many ports a stack takes from its base on. */
    private static final int PORTS = 30;

    private static final Duration OFFER = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final List<String> ONE_OF_EACH =
            List.of(Names.WORKERS.getFirst(), Names.TWOFAS.getFirst(), Names.HOME);

    static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private final Settings settings;
    private final int homes;
    private final Members members;
    private final Guardian guardian;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Victim> victims = new LinkedHashMap<>();
    private final Map<String, StringBuilder> configurations = new HashMap<>();
    private final Consumer<String> tell;

    /** The ports of those of home-service that people are sent to, in turn. */
    private final List<Integer> open = new CopyOnWriteArrayList<>();

    private final AtomicInteger turns = new AtomicInteger();
    private final int front = FreePorts.find(1).getFirst();

    private Stack(
            Settings settings,
            int homes,
            Members members,
            Guardian guardian,
            Consumer<String> tell) {
        this.settings = settings;
        this.homes = homes;
        this.members = members;
        this.guardian = guardian;
        this.tell = tell;
    }

    /**
     * Starts everything with empty data; returns when all is ready.
     *
     * @param folder where all of it lies; what an earlier one left there is deleted
     * @param homes how many of home-service
     * @param answerWithin how long people have for a code
     * @param tell gets a line for each thing that happens
     */
    public static Stack start(
            Path folder, int homes, Duration answerWithin, Consumer<String> tell) {
        clear(folder);
        HomeFolder home = new HomeFolder(folder);
        boolean isFirst = !Files.exists(home.cache());
        home.prepare();
        Settings settings =
                new Settings(Checkout.here(), home, new StackPorts(FreePorts.inARow(PORTS)));
        List<KafkaProcess.Listener> listeners =
                Names.services(homes).stream().map(Stack::listener).toList();
        Members members = new Members(settings, listeners);
        Stack stack = new Stack(settings, homes, members, Guardian.start(), tell);
        try {
            stack.prepare(listeners, answerWithin);
            stack.startAll(isFirst);
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
        return stack;
    }

    /** What makes starts fast is kept. */
    private static void clear(Path folder) {
        for (String part :
                List.of(
                        "kafka",
                        "postgres",
                        "sandbox",
                        "documents",
                        "secrets",
                        "logs",
                        "conf",
                        "run")) {
            PrivateFiles.deleteAll(folder.resolve(part));
        }
    }

    private static KafkaProcess.Listener listener(String name) {
        List<Integer> ports = FreePorts.find(2);
        String upper = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return new KafkaProcess.Listener(upper, ports.get(0), ports.get(1));
    }

    private void prepare(List<KafkaProcess.Listener> listeners, Duration answerWithin) {
        configure("worker", Map.of("keyturn.worker.connector.sandbox.answer-within", answerWithin));
        configure("home", Map.of("keyturn.home.base-url", homeUrl()));
        for (int number = 1; number <= homes; number++) {
            open.add(settings.ports().home(number));
        }
        lines.add(Line.open(front, this::nextHome));
        Map<String, Victim.Lines> linesOf = new LinkedHashMap<>();
        for (int i = 0; i < listeners.size(); i++) {
            String name = Names.services(homes).get(i);
            linesOf.put(name, linesOf(name, listeners.get(i)));
        }
        List<Member> all = new ArrayList<>(List.of(members.broker(), members.database()));
        all.add(members.sandbox());
        for (int number = 1; number <= Names.TWOFAS.size(); number++) {
            all.add(members.twofa(number));
        }
        for (int number = 1; number <= homes; number++) {
            all.add(members.home(number));
        }
        for (int number = 1; number <= Names.WORKERS.size(); number++) {
            all.add(members.worker(number));
        }
        members.forgetOthers();
        for (Member member : all) {
            Optional<Victim.Lines> own = Optional.ofNullable(linesOf.get(member.name()));
            victims.put(member.name(), new Victim(member, settings.home(), guardian, own, tell));
        }
    }

    private Victim.Lines linesOf(String name, KafkaProcess.Listener listener) {
        Line broker = Line.open(listener.advertised(), listener.port());
        int port = FreePorts.find(1).getFirst();
        Line database = Line.open(port, settings.ports().postgres());
        lines.addAll(List.of(broker, database));
        String address = "postgresql://127.0.0.1:" + port + "/" + PostgresAccess.DATABASE;
        configure(
                name,
                Map.of(
                        "kafka.bootstrap.servers", "127.0.0.1:" + listener.advertised(),
                        "quarkus.datasource.jdbc.url", "jdbc:" + address,
                        "quarkus.datasource.reactive.url", address));
        return new Victim.Lines(broker, database);
    }

    private void configure(String name, Map<String, ?> properties) {
        StringBuilder text = configurations.computeIfAbsent(name, _ -> new StringBuilder());
        properties.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        PrivateFiles.write(settings.home().operatorsConfiguration(name), text.toString());
    }

    private void startAll(boolean isFirst) {
        together(List.of(Names.KAFKA, Names.POSTGRES, "sandbox-site"), Victim::start);
        if (isFirst) {
            // What they leave at a stop makes the next starts faster. One of each leaves it, while
            // nobody reads it; whoever started without it would spend seconds of its own stop on
            // another one.
            together(ONE_OF_EACH, Victim::start);
            together(ONE_OF_EACH, Victim::shutDown);
        }
        together(Names.services(homes), Victim::start);
        awaitOffer();
    }

    // What a worker tells when it starts: people choose from that.
    private void awaitOffer() {
        long end = System.nanoTime() + OFFER.toNanos();
        while (home("chaos").connectors().isEmpty()) {
            if (System.nanoTime() > end) {
                throw new StackFailure(
                        "home knows of no connector after " + OFFER.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private void together(List<String> names, Consumer<Victim> what) {
        CompletableFuture.allOf(
                        names.stream()
                                .map(this::victim)
                                .map(v -> CompletableFuture.runAsync(() -> what.accept(v), THREADS))
                                .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    /**
     * Returns when the fault is over and the process is ready again.
     *
     * @return false if it was left out, since its process had still not come back from another one
     */
    public boolean suffer(Fault fault) throws InterruptedException {
        int number = Names.homes(homes).indexOf(fault.target()) + 1;
        boolean another = number > 0 && homes > 1 && fault.kind() == FaultKind.ASKED_TO_STOP;
        if (another) {
            // As whoever restarts one of several does: first nobody new is sent to it.
            open.remove(Integer.valueOf(settings.ports().home(number)));
        }
        boolean done = victim(fault.target()).suffer(fault);
        if (another) {
            open.add(settings.ports().home(number));
        }
        return done;
    }

    private int nextHome() {
        return open.get(Math.floorMod(turns.getAndIncrement(), open.size()));
    }

    /** Where people reach Home. */
    public String homeUrl() {
        return "http://127.0.0.1:" + front;
    }

    /** Which processes ended though nobody had asked them to. */
    public List<String> deaths() {
        return victims.values().stream().flatMap(v -> v.deaths().stream()).toList();
    }

    private Victim victim(String name) {
        return Objects.requireNonNull(victims.get(name), name);
    }

    /** Home's API, as one of its local users. */
    public HomeApi home(String user) {
        return new HomeApi(homeUrl(), token(), Optional.of(user));
    }

    /** What Home's API knows us by. */
    public String token() {
        return PrivateFiles.read(settings.home().launcherToken()).strip();
    }

    public Settings settings() {
        return settings;
    }

    public KafkaProcess kafka() {
        return members.kafka();
    }

    public PostgresProcess postgres() {
        return members.postgres();
    }

    /** Where the processes' logs and everything else lie. */
    public Path folder() {
        return settings.home().path();
    }

    /** Stops everything; what they left stays. */
    @Override
    public void close() {
        try {
            victims.values().forEach(Victim::letGo);
            if (!victims.isEmpty()) {
                together(Names.services(homes), Victim::shutDown);
                together(List.of("sandbox-site", Names.KAFKA), Victim::shutDown);
            }
        } finally {
            guardian.close(); // what is left, the database with it
            lines.forEach(Line::close);
        }
    }
}
