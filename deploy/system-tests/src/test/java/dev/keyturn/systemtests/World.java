package dev.keyturn.systemtests;

import static dev.keyturn.systemtests.Patience.awaiting;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyturn.local.api.Challenge;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.deadletters.DeadLetter;
import dev.keyturn.local.deadletters.DeadLetterBox;
import dev.keyturn.local.infra.FreePorts;
import dev.keyturn.local.infra.Frozen;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.stack.KafkaAdmin;
import dev.keyturn.local.stack.LocalStack;
import dev.keyturn.local.stack.Settings;
import dev.keyturn.local.stack.Status;
import dev.keyturn.systemtests.careless.CarelessConnector;
import dev.keyturn.systemtests.halt.End;
import dev.keyturn.systemtests.halt.Halt;
import dev.keyturn.systemtests.halt.Seam;
import dev.keyturn.systemtests.hasty.HastyConnector;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one stack that all tests share, with two workers of two slots each; started by whoever asks
 * first. Keycloak starts beside it.
 */
final class World {

    static final int WORKERS = 2;
    static final int SLOTS = 2;

    /** Held for writing by who stops the stack, for reading by who needs it from another thread. */
    static final String IS_UP = "the shared stack is up";

    /** How many ports a stack takes from its base on. */
    private static final int PORTS = 30;

    /**
     * As far as it is compiled in. The clients of the broker say at DEBUG only what they do on the
     * wire, and a hundred times a second.
     */
    private static final String LOG_EVERYTHING =
            """
            quarkus.log.level=DEBUG
            quarkus.log.category."org.apache.kafka".level=INFO
            """;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

    private static @Nullable World running;

    private final Settings settings;
    private final LocalStack stack;
    private @Nullable CompletableFuture<Keycloak> keycloak;
    private @Nullable CompletableFuture<Unanswered> unanswered;
    private @Nullable Chromium chromium;

    /** A challenge that nobody will answer. */
    record Unanswered(Person person, UUID run, Challenge challenge) {}

    private World(Settings settings) {
        this.settings = settings;
        this.stack = new LocalStack(settings, line -> System.out.println("stack: " + line));
    }

    static synchronized World get() {
        World world = withoutKeycloak();
        if (world.keycloak == null && Keycloak.isThere()) {
            world.startKeycloak();
        }
        return world;
    }

    static synchronized World withoutKeycloak() {
        if (running == null) {
            World world = new World(settings());
            Runtime.getRuntime().addShutdownHook(new Thread(world::end));
            world.configure();
            world.up();
            running = world;
        }
        return running;
    }

    /** All that can be logged is: no secret may be there, whatever an operator looks for. */
    private void configure() {
        Path connectors = settings.home().path().resolve("connectors");
        Path built =
                settings.checkout()
                        .root()
                        .resolve("connector-worker/connectors/target/connectors-0.1.0.jar");
        try {
            Files.copy(
                    built,
                    PrivateFiles.folder(connectors).resolve("connectors.jar"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ConnectorJar.write(connectors.resolve("careless.jar"), CarelessConnector.class);
        ConnectorJar.write(connectors.resolve("hasty.jar"), HastyConnector.class);
        configure(
                "worker",
                """
                keyturn.worker.slots=%d
                keyturn.worker.connectors-folder=%s
                """
                        .formatted(SLOTS, connectors));
        configure("home", "");
        configure("twofa", "");
    }

    private void configure(String service, String properties) {
        PrivateFiles.write(
                settings.home().operatorsConfiguration(service), properties + LOG_EVERYTHING);
    }

    /** The deadline is minutes away: what will not be answered is asked as soon as it can be. */
    private void startKeycloak() {
        CompletableFuture<Keycloak> started =
                CompletableFuture.supplyAsync(Keycloak::start, THREADS);
        keycloak = started;
        unanswered = started.thenApplyAsync(this::askAndWaitForNobody, THREADS);
    }

    private Unanswered askAndWaitForNobody(Keycloak site) {
        Person person = person("late");
        UUID run = person.run(person.add("keycloak", "wendy", site.account("wendy")));
        return new Unanswered(person, run, person.challenge(run));
    }

    private static Settings settings() {
        Path home = Path.of("target/stack").toAbsolutePath();
        Map<String, String> environment = new HashMap<>();
        environment.put("KEYTURN_HOME", home.toString());
        environment.put("KEYTURN_PORT_BASE", String.valueOf(freeBase()));
        Settings settings = Settings.of(environment);
        if (Files.exists(home)) {
            LocalStack old = new LocalStack(settings, _ -> {});
            old.down();
            old.wipe();
        }
        return settings;
    }

    void up() {
        stack.up(WORKERS);
    }

    /** Starts as many workers as are said, and whatever else does not run. */
    void up(int workers) {
        stack.up(workers);
    }

    List<String> down() {
        return stack.down();
    }

    /** Ends a process at once. */
    void kill(String process) {
        ProcessHandle handle = running(process).orElseThrow();
        assertTrue(handle.destroyForcibly(), process);
        awaiting("the end of " + process).until(() -> !runs(process));
    }

    /** Lets a process stand still with all that it has started. */
    Frozen freeze(String process) {
        return Frozen.freeze(whole(process));
    }

    /** Lets one go on that stopped itself. */
    void wake(String process) {
        Frozen.thaw(whole(process));
    }

    private List<ProcessHandle> whole(String process) {
        ProcessHandle handle = running(process).orElseThrow();
        return Stream.concat(Stream.of(handle), handle.descendants()).toList();
    }

    boolean runs(String process) {
        return running(process).isPresent();
    }

    /** The first of these that comes to the point stands there. */
    Halt halt(List<String> processes, End end, Seam seam, String... texts) {
        return Halt.in(
                processes.stream()
                        .flatMap(p -> running(p).stream())
                        .map(ProcessHandle::pid)
                        .toList(),
                end,
                seam,
                List.of(texts));
    }

    private Optional<ProcessHandle> running(String process) {
        Path file = settings.home().run().resolve(process + ".pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            long pid = Json.mapper().readTree(Files.readString(file)).path("pid").asLong();
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the services' tables hold. */
    Tables tables() {
        return new Tables(settings);
    }

    private void end() {
        stack.down();
    }

    /** A user of Home, made at the first call that he makes. */
    Person person(String name) {
        return new Person(name, api(Optional.of(name)), settings);
    }

    private HomeApi api(Optional<String> user) {
        return HomeApi.of(settings, user.map(u -> Map.of("KEYTURN_USER", u)).orElse(Map.of()));
    }

    SandboxSite sandboxSite() {
        return new SandboxSite(settings.sandboxUrl());
    }

    Settings stackSettings() {
        return settings;
    }

    Status status() {
        return Status.of(settings);
    }

    int waitingRuns() {
        return status().processes().stream()
                .mapToInt(p -> p.waiting() == null ? 0 : p.waiting())
                .sum();
    }

    String log(String process) {
        try {
            return Files.readString(stack.log(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sum of a metric of a process over its labels; 0 if it does not know it. */
    double metric(String process, String name) {
        return ask(process, "/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Whether a service says that no restart would help it. */
    boolean isAlive(String process) {
        return ask(process, "/q/health/live").statusCode() == 200;
    }

    /** What a service answers on its management port. */
    private HttpResponse<String> ask(String process, String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:" + managementPort(process) + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int managementPort(String process) {
        return switch (process) {
            case "home" -> settings.ports().homeManagement();
            case "twofa" -> settings.ports().twofaManagement();
            default -> settings.ports().workerManagement(Integer.parseInt(process.substring(7)));
        };
    }

    /** The ids of the processes that run, by name. */
    Map<String, Long> pids() {
        Map<String, Long> pids = new HashMap<>();
        status().processes().stream()
                .filter(p -> p.pid() != null)
                .forEach(p -> pids.put(p.name(), Objects.requireNonNull(p.pid())));
        return pids;
    }

    /** A process of this stack that runs. */
    ProcessHandle process(String name) {
        return ProcessHandle.of(Objects.requireNonNull(pids().get(name), name)).orElseThrow();
    }

    /** What could not be decoded, of all topics. */
    List<DeadLetter> deadLetters() {
        return new DeadLetterBox(KafkaAdmin.of(settings)).all();
    }

    /** Skips the test that asks where Keycloak was left out of the build. */
    Keycloak keycloak() {
        assumeTrue(Keycloak.isThere(), "Keycloak is not there: the build was told to leave it out");
        return Objects.requireNonNull(keycloak).join();
    }

    /** What was asked first of all; a test that asks for it is skipped without Keycloak. */
    Unanswered unanswered() {
        keycloak();
        return Objects.requireNonNull(unanswered).join();
    }

    synchronized Chromium chromium() {
        if (chromium == null) {
            chromium = Chromium.start();
        }
        return chromium;
    }

    /** The first of as many free ports in a row as a stack takes. */
    static int freeBase() {
        return FreePorts.inARow(PORTS);
    }
}
