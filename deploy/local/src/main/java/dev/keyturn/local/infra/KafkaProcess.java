package dev.keyturn.local.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka broker on loopback (KRaft, one node). Loopback is no fence, so both of its listeners want
 * a user and a password, and who may do what is said by access rules; only {@link
 * KafkaAccess#ADMIN} may do all.
 */
public final class KafkaProcess {

    private static final Duration START = Duration.ofMinutes(3);

    /** Warnings, and the line that says that it runs; with times. */
    private static final List<String> LOGGING =
            List.of(
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
                    "-Dorg.slf4j.simpleLogger.showDateTime=true",
                    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS");

    private final Path folder;
    private final KafkaAccess access;
    private final int controllerPort;
    private final List<Path> classPath;
    private final List<String> jvmFlags;
    private final List<Listener> more;

    /**
     * Another way in, for clients that are told another address than the one where the broker
     * listens: whoever stands between can cut them off from it, and nobody else.
     *
     * @param name capital letters, digits and {@code _}
     * @param port where the broker listens
     * @param advertised the port that clients of this listener are told
     */
    public record Listener(String name, int port, int advertised) {}

    /**
     * @param folder where its data and configuration are, and stay
     * @param jvmFlags what the JVM gets beside its memory limits
     */
    public KafkaProcess(
            Checkout checkout,
            Path folder,
            int port,
            int controllerPort,
            Secrets secrets,
            List<String> jvmFlags) {
        this(checkout, folder, port, controllerPort, secrets, jvmFlags, List.of());
    }

    /**
     * @param more ways in beside the one that everybody takes
     */
    public KafkaProcess(
            Checkout checkout,
            Path folder,
            int port,
            int controllerPort,
            Secrets secrets,
            List<String> jvmFlags,
            List<Listener> more) {
        this.folder = folder;
        this.access = new KafkaAccess(port, secrets);
        this.controllerPort = controllerPort;
        this.classPath = jars(checkout.brokerLib());
        this.jvmFlags = List.copyOf(jvmFlags);
        this.more = List.copyOf(more);
    }

    /** Writes the configuration; makes the data folder at the first start. */
    public void prepare() {
        PrivateFiles.folder(folder);
        PrivateFiles.write(arguments(), "-cp \"" + joined(classPath) + "\"\n");
        PrivateFiles.write(properties(), configuration(data()));
        if (!Files.exists(data())) {
            format();
        }
        if (!Files.exists(data().resolve("meta.properties"))) {
            throw new StackFailure(
                    "The data folder " + data() + " is broken: it has no meta.properties file");
        }
    }

    /** The broker's command line; no secret is in it. */
    public List<String> command() {
        List<String> command = new ArrayList<>(List.of(java(), "-Xms48m", "-Xmx256m"));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(LOGGING);
        command.addAll(jvmFlags);
        command.addAll(List.of("@" + arguments(), "kafka.Kafka", properties().toString()));
        return command;
    }

    /** Waits until the broker serves, then sees to the topics and the access rules. */
    public void awaitReady(ProcessHandle process, Path log, Catalogue catalogue) {
        Admin admin =
                Admin.create(Map.<String, Object>copyOf(access.clientConfig(KafkaAccess.ADMIN)));
        try {
            Waiting.until(
                    "Kafka",
                    process,
                    log,
                    START,
                    () -> Optional.of(admin.describeCluster().nodes().get(1, TimeUnit.SECONDS)));
            catalogue.applyTo(admin);
        } finally {
            // What is still asked of a broker that will never answer is not waited for.
            admin.close(Duration.ZERO);
        }
    }

    /** How its clients reach it. */
    public KafkaAccess access() {
        return access;
    }

    private String configuration(Path data) {
        return """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=CLIENTS://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d%6$s
        advertised.listeners=CLIENTS://127.0.0.1:%1$d%7$s
        listener.security.protocol.map=CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT%8$s
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=CLIENTS
        sasl.enabled.mechanisms=PLAIN
        sasl.mechanism.inter.broker.protocol=PLAIN
        sasl.mechanism.controller.protocol=PLAIN
        listener.name.clients.plain.sasl.jaas.config=%4$s
        listener.name.controller.plain.sasl.jaas.config=%5$s
        authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
        super.users=User:admin
        allow.everyone.if.no.acl.found=false
        auto.create.topics.enable=false
        log.dirs=%3$s
        num.partitions=1
        offsets.topic.num.partitions=1
        offsets.topic.replication.factor=1
        transaction.state.log.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.num.partitions=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        log.retention.check.interval.ms=60000
        log.index.size.max.bytes=1048576
        log.cleaner.dedupe.buffer.size=4194304
        num.network.threads=2
        num.io.threads=2
        background.threads=2
        %9$s\
        """
                .formatted(
                        access.port(),
                        controllerPort,
                        data,
                        access.everybody(),
                        access.adminOnly(),
                        each(more, l -> ",%s://127.0.0.1:%d".formatted(l.name(), l.port())),
                        each(more, l -> ",%s://127.0.0.1:%d".formatted(l.name(), l.advertised())),
                        each(more, l -> ",%s:SASL_PLAINTEXT".formatted(l.name())),
                        each(more, this::loginOf));
    }

    private String loginOf(Listener listener) {
        return "listener.name.%s.plain.sasl.jaas.config=%s%n"
                .formatted(listener.name().toLowerCase(Locale.ROOT), access.everybody());
    }

    private static String each(List<Listener> listeners, Function<Listener, String> text) {
        return listeners.stream().map(text).collect(Collectors.joining());
    }

    /** Formats aside and moves into place: a start that was cut short leaves nothing broken. */
    private void format() {
        Path aside = folder.resolve("data.new");
        Path once = folder.resolve("format.properties");
        PrivateFiles.deleteAll(aside);
        PrivateFiles.write(once, configuration(aside));
        List<String> command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("@" + arguments(), "kafka.tools.StorageTool", "format"));
        command.addAll(List.of("-t", Uuid.randomUuid().toString(), "-c", once.toString()));
        Commands.run("Making Kafka's data folder " + aside, command);
        try {
            Files.delete(once);
            Files.move(aside, data(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw PrivateFiles.failure(data(), e);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path properties() {
        return folder.resolve("server.properties");
    }

    private Path arguments() {
        return folder.resolve("java.arguments");
    }

    private static String joined(List<Path> jars) {
        return jars.stream().map(Path::toString).collect(Collectors.joining(":"));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
    }

    private static List<Path> jars(Path lib) {
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new StackFailure("No broker in " + lib + ": build deploy/broker first", e);
        }
    }
}
