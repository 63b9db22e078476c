package dev.keyturn.local.stack;

import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.KafkaProcess;
import dev.keyturn.local.infra.PostgresProcess;
import dev.keyturn.local.infra.ServiceConfig;
import dev.keyturn.wire.Principal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which processes a stack has, and what each is told. */
public final class Members {

    private static final String APP = "target/quarkus-app";

    /** What an operator sets that the launcher reads itself: as for {@code -Xmx}, and flags. */
    private static final String HEAP = "keyturn.launcher.heap";

    private static final String JVM_FLAGS = "keyturn.launcher.jvm-flags";

    private final Settings settings;
    private final HomeFolder home;
    private final StackPorts ports;
    private final Apps apps;
    private final KafkaProcess kafka;
    private final PostgresProcess postgres;
    private final Management management = new Management();
    private final Set<Path> used = new HashSet<>();

    Members(Settings settings) {
        this(settings, List.of());
    }

    /**
     * @param more ways in to the broker beside the one that the members take
     */
    public Members(Settings settings, List<KafkaProcess.Listener> more) {
        this.settings = settings;
        this.home = settings.home();
        this.ports = settings.ports();
        this.apps = new Apps(home);
        this.kafka =
                new KafkaProcess(
                        settings.checkout(),
                        home.kafka(),
                        ports.kafka(),
                        ports.controller(),
                        home.secrets(),
                        StartUpArchive.kept(home, brokersArchive()),
                        more);
        this.postgres =
                new PostgresProcess(
                        settings.checkout(),
                        home.postgres(),
                        ports.postgres(),
                        home.secrets(),
                        false);
    }

    List<Member> all(int workers) {
        List<Member> members = new ArrayList<>();
        members.add(broker());
        members.add(database());
        members.add(sandbox());
        members.add(twofa(1));
        members.add(home(1));
        for (int number = 1; number <= workers; number++) {
            members.add(worker(number));
        }
        return members;
    }

    /** The copies that the members of this object run from. */
    Set<Path> used() {
        return Set.copyOf(used);
    }

    /** Deletes the copies of earlier builds; whatever runs must be a member of this object. */
    public void forgetOthers() {
        apps.keepOnly(used());
    }

    /** How clients talk to the broker. */
    public KafkaProcess kafka() {
        return kafka;
    }

    /** How clients talk to the database. */
    public PostgresProcess postgres() {
        return postgres;
    }

    public Member broker() {
        return new KafkaMember(kafka, ports);
    }

    public Member database() {
        return new PostgresMember(postgres, ports.postgres());
    }

    public Member sandbox() {
        Map<String, String> config =
                Map.of(
                        "quarkus.http.host",
                        "localhost",
                        "quarkus.http.port",
                        String.valueOf(ports.sandbox()),
                        "keyturn.sandbox.data",
                        home.sandbox().toString());
        Path app = app("sandbox-site", "deploy/sandbox-site");
        return service("sandbox-site", "sandbox-site", app, "128m", config)
                .on(ports.sandbox(), ports.sandboxManagement())
                .withoutInfrastructure();
    }

    /**
     * One of twofa-service.
     *
     * @param number from 1 on; the first has no number in its name
     */
    public Member twofa(int number) {
        String name = number == 1 ? "twofa" : "twofa-" + number;
        Map<String, String> config = config(Principal.TWOFA);
        config.put("keyturn.instance.name", name);
        config.put("quarkus.http.host-enabled", "false");
        int port = ports.twofaManagement(number);
        return service("twofa", name, app("twofa", "twofa-service"), "256m", config).on(port, port);
    }

    /**
     * One of home-service.
     *
     * @param number from 1 on; the first has no number in its name
     */
    public Member home(int number) {
        String name = number == 1 ? "home" : "home-" + number;
        Map<String, String> config = config(Principal.HOME);
        config.put("keyturn.instance.name", name);
        config.put("quarkus.http.host", "127.0.0.1");
        config.put("quarkus.http.port", String.valueOf(ports.home(number)));
        config.put("keyturn.home.base-url", settings.homeUrl());
        return service("home", name, app("home", "home-service"), "320m", config)
                .on(ports.home(number), ports.homeManagement(number));
    }

    public Member worker(int number) {
        String name = "worker-" + number;
        Map<String, String> config = config(Principal.WORKER);
        config.put("keyturn.instance.name", name);
        config.put("quarkus.http.host-enabled", "false");
        config.put("keyturn.worker.connectors-folder", connectors().toString());
        config.put("keyturn.worker.allowed-networks", "127.0.0.0/8,::1/128");
        config.put("keyturn.worker.allow-plain-http", "true");
        config.put("keyturn.worker.connector.sandbox.address", settings.sandboxUrl());
        int port = ports.workerManagement(number);
        return service("worker", name, app("worker", "connector-worker/runtime"), "512m", config)
                .on(port, port);
    }

    private ServiceMember service(
            String service, String name, Path app, String heap, Map<String, String> config) {
        Map<String, String> all = withOperators(config, service, name);
        String heapOf = Optional.ofNullable(all.remove(HEAP)).orElse(heap);
        List<String> flags =
                Optional.ofNullable(all.remove(JVM_FLAGS)).stream()
                        .flatMap(f -> Stream.of(f.strip().split(" +", -1)))
                        .filter(f -> !f.isEmpty())
                        .toList();
        return new ServiceMember(name, 0, 0, true, app, heapOf, flags, all, home, management);
    }

    /**
     * The JVM keeps an archive that no longer fits, and does without: so its name tells its jars.
     */
    private Path brokersArchive() {
        return remember(Path.of("kafka-" + Apps.stateOf(settings.checkout().brokerLib())));
    }

    private Map<String, String> config(Principal principal) {
        return new HashMap<>(ServiceConfig.of(principal, kafka.access(), postgres.access(), home));
    }

    /** With what the operator says, for one worker or for all of them. */
    private Map<String, String> withOperators(
            Map<String, String> config, String service, String name) {
        Map<String, String> all = new HashMap<>(config);
        for (String who : new LinkedHashSet<>(List.of(service, name))) {
            Path file = home.operatorsConfiguration(who);
            if (Files.exists(file)) {
                all.putAll(PropertiesFile.read(file));
            }
        }
        return all;
    }

    private Path app(String name, String module) {
        return remember(
                apps.copyOf(name, settings.checkout().root().resolve(module + "/" + APP), ".*"));
    }

    private Path connectors() {
        Path built = settings.checkout().root().resolve("connector-worker/connectors/target");
        String jars = "connectors-[0-9.]+\\.jar";
        return remember(apps.copyOf("connectors", built, jars));
    }

    private Path remember(Path copy) {
        used.add(copy);
        return copy;
    }
}
