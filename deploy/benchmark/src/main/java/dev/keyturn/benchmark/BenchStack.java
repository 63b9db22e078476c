package dev.keyturn.benchmark;

import dev.keyturn.benchmark.connector.TimedConnector;
import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.infra.FreePorts;
import dev.keyturn.local.infra.KafkaAccess;
import dev.keyturn.local.infra.PostgresAccess;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.local.stack.LocalStack;
import dev.keyturn.local.stack.Settings;
import dev.keyturn.local.stack.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A stack of the benchmark's own: real processes, told to allow what is measured. */
final class BenchStack implements AutoCloseable {

    private static final int PORTS = 30;

    private final Settings settings;
    private final LocalStack stack;
    private final Path notes;

    private BenchStack(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.stack = new LocalStack(settings, progress);
        this.notes = settings.home().path().resolve("notes");
    }

    /** Starts one with one worker, for so many runs that wait. */
    static BenchStack start(Path folder, int waiting, Consumer<String> progress) {
        Settings settings =
                Settings.of(
                        Map.of(
                                "KEYTURN_HOME",
                                folder.toString(),
                                "KEYTURN_PORT_BASE",
                                String.valueOf(FreePorts.inARow(PORTS))));
        BenchStack started = new BenchStack(settings, progress);
        started.stack.down();
        started.wipe();
        started.configure(waiting);
        started.stack.up(1);
        return started;
    }

    private void configure(int waiting) {
        Path connectors = settings.home().path().resolve("connectors");
        ConnectorJar.write(
                settings.checkout(), PrivateFiles.folder(connectors).resolve("benchmark.jar"));
        // Compiled as in production, not as on a laptop, where a quick start counts more.
        String compiled = "keyturn.launcher.jvm-flags=-XX:TieredStopAtLevel=4";
        // Nor does their heap begin with the least that will do.
        String grown = compiled + " -Xms512m\nkeyturn.launcher.heap=1g\n";
        write(
                "worker",
                compiled
                        + """

                        keyturn.launcher.heap=3g
                        keyturn.worker.connectors-folder=%s
                        keyturn.worker.connector.%s.address=%s
                        keyturn.worker.connector.%s.notes=%s
                        keyturn.worker.max-waiting=%d
                        keyturn.worker.slots=16
                        """
                                .formatted(
                                        connectors,
                                        TimedConnector.SLUG,
                                        settings.sandboxUrl(),
                                        TimedConnector.SLUG,
                                        notes,
                                        Math.max(1_000, waiting) + 1_000));
        write(
                "home",
                grown
                        + "keyturn.home.open-runs=10000\n"
                        + "keyturn.home.answers-per-second=100000\n");
        write("twofa", grown);
    }

    private void write(String service, String text) {
        PrivateFiles.write(settings.home().operatorsConfiguration(service), text);
    }

    Settings settings() {
        return settings;
    }

    /** Where the connector notes when it had a code. */
    Path notes() {
        return notes;
    }

    HomeApi home(String user) {
        return HomeApi.of(settings, Map.of("KEYTURN_USER", user));
    }

    KafkaAccess kafka() {
        return new KafkaAccess(settings.ports().kafka(), settings.home().secrets());
    }

    Map<String, String> brokerAsAdmin() {
        return kafka().clientConfig(KafkaAccess.ADMIN);
    }

    PostgresAccess postgres() {
        return new PostgresAccess(settings.ports().postgres(), settings.home().secrets());
    }

    void createTopics(List<String> names) {
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(brokerAsAdmin()))) {
            var _ =
                    admin.createTopics(
                                    names.stream()
                                            .map(name -> new NewTopic(name, 1, (short) 1))
                                            .toList())
                            .all()
                            .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The benchmark's topics could not be made", e);
        }
    }

    /** How many runs wait in all workers. */
    int waiting() {
        return Status.of(settings).processes().stream()
                .mapToInt(p -> p.waiting() == null ? 0 : p.waiting())
                .sum();
    }

    ProcessHandle worker(int number) {
        return Status.of(settings).processes().stream()
                .filter(p -> p.name().equals("worker-" + number))
                .map(Status.ProcessStatus::pid)
                .flatMap(pid -> pid == null ? java.util.stream.Stream.empty() : pid(pid))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("worker-" + number + ": must run"));
    }

    private static java.util.stream.Stream<ProcessHandle> pid(long pid) {
        return ProcessHandle.of(pid).stream();
    }

    void workers(int count) {
        boolean _ = stack.up(count);
    }

    @Override
    public void close() {
        List<String> _ = stack.down();
        wipe();
    }

    private void wipe() {
        List<String> own = new ArrayList<>(List.of("conf", "connectors", "notes"));
        own.forEach(name -> PrivateFiles.deleteAll(settings.home().path().resolve(name)));
        stack.wipe();
    }
}
