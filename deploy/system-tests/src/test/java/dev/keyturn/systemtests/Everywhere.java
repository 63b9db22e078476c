package dev.keyturn.systemtests;

import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.KafkaAccess;
import dev.keyturn.local.infra.PostgresAccess;
import dev.keyturn.local.stack.Settings;
import dev.keyturn.local.stack.Status;
import dev.keyturn.systemtests.scan.Place;
import dev.keyturn.systemtests.scan.Place.Kind;
import dev.keyturn.systemtests.scan.Scan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Everywhere that a stack writes: each topic, the broker's own among them, and the broker's files;
 * each table as text, and the database's files, its log with them; what the processes print, say on
 * their management ports and were started with; and the names of all files.
 *
 * <p>Left out: the sandbox site's data, which are the site's; the contents of documents, which are
 * the person's; and what a JVM keeps to start faster, which it makes of its classes.
 */
final class Everywhere {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final List<String> OF_MANAGEMENT =
            List.of("/q/metrics", "/q/health", "/q/keys", "/q/worker");

    private final Settings settings;
    private final Scan scan;

    Everywhere(Settings settings, Scan scan) {
        this.settings = settings;
        this.scan = scan;
    }

    /**
     * Has the database compress nothing from now on: what a deleted row had is then found in its
     * files, too.
     */
    static void compressNothing(Settings settings) throws SQLException {
        try (Connection connection = database(settings);
                Statement statement = connection.createStatement()) {
            List<String> columns =
                    texts(
                            statement,
                            """
                            select format('%I.%I alter column %I set storage external',
                                nspname, relname, attname)
                            from pg_attribute
                            join pg_class c on c.oid = attrelid
                            join pg_namespace n on n.oid = relnamespace
                            where relkind = 'r' and attstorage in ('x', 'm') and attnum > 0
                            and nspname in ('home', 'twofa', 'worker')\
                            """);
            for (String column : columns) {
                statement.execute("alter table " + column);
            }
        }
    }

    void look(List<Long> moreProcesses)
            throws IOException, SQLException, InterruptedException, ExecutionException {
        topics();
        tables();
        files();
        management();
        processes(moreProcesses);
    }

    private void topics() throws InterruptedException, ExecutionException {
        Map<String, Object> config =
                new HashMap<>(
                        new KafkaAccess(settings.ports().kafka(), settings.home().secrets())
                                .clientConfig(KafkaAccess.ADMIN));
        config.put("enable.auto.commit", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(config);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
                consumer.poll(POLL).forEach(this::look);
            }
        }
    }

    private static List<TopicPartition> partitions(Map<String, Object> config)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(config)) {
            var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
            List<TopicPartition> partitions = new ArrayList<>();
            for (TopicDescription topic :
                    admin.describeTopics(names).allTopicNames().get().values()) {
                topic.partitions()
                        .forEach(
                                p ->
                                        partitions.add(
                                                new TopicPartition(topic.name(), p.partition())));
            }
            return partitions;
        }
    }

    private void look(ConsumerRecord<byte[], byte[]> record) {
        Place place = new Place(Kind.TOPIC, record.topic());
        for (Header header : record.headers()) {
            scan.look(place, header.key());
            lookAt(place, header.value());
        }
        lookAt(place, record.key());
        lookAt(place, record.value());
    }

    private void lookAt(Place place, byte @Nullable [] bytes) {
        if (bytes != null) {
            scan.look(place, bytes);
        }
    }

    /** The log is read before the tables' pages are written, which lets go of its beginning. */
    private void tables() throws SQLException, IOException {
        try (Connection connection = database(settings);
                Statement statement = connection.createStatement()) {
            List<String> tables =
                    texts(
                            statement,
                            """
                            select format('%I.%I', schemaname, tablename) from pg_tables
                            where schemaname not in ('pg_catalog', 'information_schema')\
                            """);
            for (String table : tables) {
                rows(statement, table, "select t::text from " + table + " t");
            }
            rows(statement, "pg_stat_activity", "select t::text from pg_stat_activity t");
            rows(statement, "pg_stats", "select t::text from pg_stats t");
            statement.execute("select pg_switch_wal()");
            files(settings.home().postgres().resolve("data/pg_wal"), this::inDatabase);
            statement.execute("checkpoint");
        }
    }

    private void rows(Statement statement, String table, String query) throws SQLException {
        for (String row : texts(statement, query)) {
            scan.look(new Place(Kind.TABLE, table), row);
        }
    }

    private void files() throws IOException {
        HomeFolder home = settings.home();
        files(home.path(), this::place);
    }

    /** What a file is; null if it is left out. */
    private @Nullable Place place(Path file) {
        HomeFolder home = settings.home();
        if (file.startsWith(home.sandbox())
                || file.startsWith(home.documents())
                || file.startsWith(home.cache())) {
            return null;
        }
        if (file.startsWith(home.postgres())) {
            return inDatabase(file);
        }
        if (file.startsWith(home.kafka())) {
            return named(Kind.BROKER_FILE, file);
        }
        return named(file.startsWith(home.logs()) ? Kind.LOG : Kind.FILE, file);
    }

    private Place inDatabase(Path file) {
        boolean isLog = file.toString().contains("/pg_wal/");
        return named(isLog ? Kind.WAL : Kind.DATABASE_FILE, file);
    }

    private Place named(Kind kind, Path file) {
        return new Place(kind, settings.home().path().relativize(file).toString());
    }

    private void files(Path folder, Function<Path, @Nullable Place> place) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        name(file);
                        Place where = place.apply(file);
                        if (where != null && attributes.isRegularFile()) {
                            contents(where, file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        if (e instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE; // deleted meanwhile
                        }
                        throw e;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
                            throws IOException {
                        if (e != null) {
                            throw e;
                        }
                        name(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void name(Path file) {
        String name = settings.home().path().relativize(file).toString();
        scan.look(new Place(Kind.FILE_NAME, String.valueOf(file.getParent())), name);
    }

    private void contents(Place place, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            scan.look(place, in);
        } catch (NoSuchFileException _) {
            // Deleted meanwhile, as both servers do with files that they need no more.
        }
    }

    private void management() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int port : managementPorts()) {
                for (String path : OF_MANAGEMENT) {
                    URI address = URI.create("http://127.0.0.1:" + port + path);
                    HttpResponse<byte[]> answer =
                            http.send(
                                    HttpRequest.newBuilder(address).build(),
                                    HttpResponse.BodyHandlers.ofByteArray());
                    scan.look(new Place(Kind.MANAGEMENT, address.toString()), answer.body());
                }
            }
        }
    }

    private List<Integer> managementPorts() {
        List<Integer> ports = new ArrayList<>();
        ports.add(settings.ports().homeManagement());
        ports.add(settings.ports().twofaManagement());
        for (int number = 1; number <= World.WORKERS; number++) {
            ports.add(settings.ports().workerManagement(number));
        }
        return ports;
    }

    private void processes(List<Long> more) throws IOException {
        Stream<Long> own =
                Status.of(settings).processes().stream()
                        .map(Status.ProcessStatus::pid)
                        .flatMap(Stream::ofNullable);
        List<ProcessHandle> all =
                Stream.concat(own, more.stream())
                        .flatMap(pid -> ProcessHandle.of(pid).stream())
                        .flatMap(p -> Stream.concat(Stream.of(p), p.descendants()))
                        .toList();
        for (ProcessHandle process : all) {
            Place place = new Place(Kind.PROCESS, "process " + process.pid());
            scan.look(place, startedWith(process));
        }
    }

    private static byte[] startedWith(ProcessHandle process) throws IOException {
        Path of = Path.of("/proc", String.valueOf(process.pid()));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (!Files.exists(Path.of("/proc/self"))) {
            return process.info().commandLine().orElse("").getBytes(StandardCharsets.UTF_8);
        }
        for (String part : List.of("cmdline", "environ")) {
            try {
                all.writeBytes(Files.readAllBytes(of.resolve(part)));
            } catch (NoSuchFileException _) {
                return all.toByteArray(); // it has ended
            }
        }
        return all.toByteArray();
    }

    private static Connection database(Settings settings) throws SQLException {
        return new PostgresAccess(settings.ports().postgres(), settings.home().secrets())
                .superuser()
                .connect();
    }

    private static List<String> texts(Statement statement, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
