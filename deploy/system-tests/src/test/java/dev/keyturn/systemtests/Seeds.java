package dev.keyturn.systemtests;

import dev.keyturn.local.infra.KafkaAccess;
import dev.keyturn.local.infra.PostgresAccess;
import dev.keyturn.local.stack.Settings;
import dev.keyturn.systemtests.scan.Form;
import dev.keyturn.systemtests.scan.Needle;
import dev.keyturn.systemtests.scan.Place.Kind;
import dev.keyturn.systemtests.scan.Scan;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Leaks made on purpose, a secret of its own for each kind of place, in every form, so that a scan
 * which finds nothing is known to have looked.
 */
final class Seeds implements AutoCloseable {

    /** The kinds of places at which there is one. */
    static final List<Kind> SOWN =
            List.of(
                    Kind.TOPIC,
                    Kind.BROKER_FILE,
                    Kind.TABLE,
                    Kind.DATABASE_FILE,
                    Kind.WAL,
                    Kind.LOG,
                    Kind.FILE,
                    Kind.FILE_NAME,
                    Kind.HTTP,
                    Kind.PROCESS);

    private static final String NAME = "scan-seed";

    /** What lies across two pages of the database's log is found in neither. */
    private static final int OFTEN = 3;

    private final Map<Kind, Needle> needles = new EnumMap<>(Kind.class);
    private final Settings settings;
    private final List<Process> processes = new ArrayList<>();

    Seeds(Settings settings) {
        this.settings = settings;
        for (Kind kind : SOWN) {
            String name = "a seed for " + kind;
            needles.put(kind, kind == Kind.FILE_NAME ? Needle.plain(name) : Needle.token(name));
        }
    }

    Collection<Needle> needles() {
        return List.copyOf(needles.values());
    }

    Needle of(Kind kind) {
        return Objects.requireNonNull(needles.get(kind));
    }

    void sow(RecordedHome home)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        records();
        rows();
        files();
        for (String written : written(Kind.HTTP)) {
            // Home says what is wrong with a value that is no secret.
            home.get("/api/challenges?state=" + URLEncoder.encode(written, StandardCharsets.UTF_8));
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", "read line", NAME));
        command.addAll(written(Kind.PROCESS));
        processes.add(new ProcessBuilder(command).start());
    }

    /** Processes that were started with one. */
    List<Long> pids() {
        return processes.stream().map(Process::pid).toList();
    }

    private List<String> written(Kind kind) {
        Needle needle = of(kind);
        return Scan.formsOf(needle).stream()
                .map(Form::written)
                .map(written -> written.apply(needle.text()))
                .toList();
    }

    /** A compressed record is found by who reads the topic, one in clear in the broker's file. */
    private void records() throws InterruptedException, ExecutionException {
        Map<String, Object> config =
                new HashMap<>(
                        new KafkaAccess(settings.ports().kafka(), settings.home().secrets())
                                .clientConfig(KafkaAccess.ADMIN));
        try (Admin admin = Admin.create(config)) {
            var _ = admin.createTopics(List.of(new NewTopic(NAME, 1, (short) 1))).all().get();
        }
        send(config, "gzip", Kind.TOPIC);
        send(config, "none", Kind.BROKER_FILE);
    }

    private void send(Map<String, Object> access, String compression, Kind kind)
            throws InterruptedException, ExecutionException {
        Map<String, Object> config = new HashMap<>(access);
        config.put("compression.type", compression);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            for (String written : written(kind)) {
                var _ = producer.send(new ProducerRecord<>(NAME, written)).get();
            }
        }
    }

    /** In a long text, which the database compresses; in a row as it is; in the log alone. */
    private void rows() throws SQLException {
        try (Connection connection =
                        new PostgresAccess(settings.ports().postgres(), settings.home().secrets())
                                .superuser()
                                .connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table public.scan_seed_long (text text)");
            statement.execute("create table public.scan_seed (text text)");
            for (String written : written(Kind.TABLE)) {
                execute(
                        connection,
                        "insert into public.scan_seed_long values (?)",
                        amongMuch(written));
            }
            for (String written : written(Kind.DATABASE_FILE)) {
                execute(connection, "insert into public.scan_seed values (?)", written);
            }
            for (int i = 0; i < OFTEN; i++) {
                for (String written : written(Kind.WAL)) {
                    execute(
                            connection,
                            "select pg_logical_emit_message(false, 'seed', ?)",
                            written);
                }
            }
        }
    }

    private static String amongMuch(String written) {
        return "a".repeat(20_000) + " " + written + " " + "a".repeat(20_000);
    }

    private static void execute(Connection connection, String sql, String value)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            statement.execute();
        }
    }

    private void files() throws IOException {
        Files.write(settings.home().logs().resolve(NAME + ".log"), written(Kind.LOG));
        Files.write(settings.home().path().resolve(NAME), written(Kind.FILE));
        for (String written : written(Kind.FILE_NAME)) {
            Files.createDirectories(settings.home().documents().resolve(NAME).resolve(written));
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
    }
}
