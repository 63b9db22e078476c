package dev.keyturn.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import dev.keyturn.local.infra.Checkout;
import dev.keyturn.local.infra.PrivateFiles;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A stack of its own from first {@code up} to {@code down --wipe}, by the commands that people
 * type.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LauncherIT {

    /** With a space, since a person's own folder may have one. */
    private static final Path HOME = Path.of("target/launcher stack").toAbsolutePath();

    private static final int BASE = World.freeBase();

    @BeforeAll
    static void nothingIsThere() {
        keyturn("down", "--wipe", "--yes");
    }

    @AfterAll
    static void nothingIsLeft() {
        keyturn("down", "--wipe", "--yes");
    }

    @Test
    @Order(1)
    void aTakenPortIsNamedAndNothingIsStarted() throws IOException {
        int port = BASE + 4;
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Said said = keyturn("up");
            assertThat(said.code()).isEqualTo(12);
            assertThat(said.err().strip())
                    .isEqualTo(
                            "Port %d (postgres) is taken: stop what uses it, or set KEYTURN_PORT_BASE"
                                    .formatted(port));
        }
        assertThat(pids()).isEmpty();
    }

    @Test
    @Order(1)
    void aWrongSettingIsNamedAndNothingStays() {
        Path setting = HOME.resolve("conf/sandbox-site.properties");
        PrivateFiles.write(setting, "keyturn.sandbox.lock=2d\n");
        Said said = keyturn("up");
        PrivateFiles.deleteAll(HOME.resolve("conf"));
        assertThat(said.code()).isEqualTo(12);
        assertThat(said.err().lines().toList().getLast())
                .startsWith("sandbox-site stopped at its start: keyturn.sandbox.lock=PT48H: must")
                .endsWith("(see " + HOME.resolve("logs/sandbox-site.log") + ")");
        assertThat(pids()).isEmpty();
    }

    @Test
    @Order(2)
    void upStartsAllAndTellsTheAddresses() {
        Said said = keyturn("up");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out())
                .contains("http://127.0.0.1:" + BASE + "/")
                .contains("http://localhost:" + (BASE + 1) + "/phone")
                .contains("http://127.0.0.1:" + BASE + "/#login=");
        // Each was ready once; one look at all can meet a busy machine's late answer.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            JsonNode now = status();
                            assertThat(now.path("ready").asBoolean()).as(now.toString()).isTrue();
                        });
        assertThat(pids())
                .containsOnlyKeys("kafka", "postgres", "sandbox-site", "twofa", "home", "worker-1");
    }

    @Test
    @Order(3)
    void aSecondUpChangesNothing() {
        Map<String, Long> before = pids();
        assertThat(keyturn("up").out()).contains("Everything runs already.");
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    @Order(4)
    void noSecretIsInACommandLine() throws IOException {
        List<String> secrets = secrets();
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(9);
        List<String> lines = new ArrayList<>();
        for (long pid : pids().values()) {
            ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
            Stream.concat(Stream.of(process), process.descendants())
                    .map(p -> p.info().commandLine().orElse(""))
                    .forEach(lines::add);
        }
        assertThat(lines).hasSizeGreaterThanOrEqualTo(6);
        assertThat(lines).noneMatch(line -> secrets.stream().anyMatch(line::contains));
    }

    /** Else each start takes twice as long, and nothing else tells. */
    @Test
    @Order(4)
    @EnabledOnOs(OS.LINUX)
    void servicesReadTheClassesThatTheBuildRecorded() throws IOException {
        Map<String, Long> pids = pids();
        for (String service : List.of("twofa", "home", "worker-1")) {
            Path maps = Path.of("/proc/" + pids.get(service) + "/maps");
            assertThat(Files.readAllLines(maps)).as(service).anyMatch(l -> l.endsWith("/app.aot"));
        }
    }

    @Test
    @Order(4)
    void whatIsOnDiskIsForTheOwnerOnly() throws IOException {
        assertThat(mode(HOME)).isEqualTo("rwx------");
        for (String folder : List.of("secrets", "run")) {
            try (Stream<Path> files = Files.list(HOME.resolve(folder))) {
                assertThat(files).isNotEmpty().allMatch(file -> mode(file).equals("rw-------"));
            }
        }
    }

    @Test
    @Order(4)
    void noSecretIsInALog() throws IOException {
        List<String> secrets = secrets();
        try (Stream<Path> logs = Files.list(HOME.resolve("logs"))) {
            assertThat(logs.map(LauncherIT::read))
                    .isNotEmpty()
                    .noneMatch(log -> secrets.stream().anyMatch(log::contains));
        }
    }

    @Test
    @Order(4)
    void memoryAndVersionsAreTold() {
        assertThat(status().path("processes"))
                .allSatisfy(
                        process -> {
                            assertThat(process.path("memory").asLong()).isPositive();
                            assertThat(process.path("version").asText()).isNotBlank();
                        });
    }

    @Test
    @Order(5)
    void emilSignsInWithoutACode() {
        Said said =
                keyturn(
                        "sign-in",
                        "sandbox",
                        "--field",
                        "login=emil",
                        "--field",
                        "password=sandbox");
        assertThat(said.code()).as(said.toString()).isZero();
        assertThat(said.out()).contains("emil is connected.");
        assertThat(keyturn("accounts").out()).contains("emil").contains("CONNECTED");
        assertThat(keyturn("documents", "emil").out()).contains("application/pdf");
        assertThat(keyturn("runs").out()).contains("DONE");
    }

    @Test
    @Order(5)
    void adaSignsInWithoutHands() throws IOException {
        Said said =
                keyturn(
                        "sign-in",
                        "sandbox",
                        "--field",
                        "login=ada",
                        "--field",
                        "password=sandbox",
                        "--json",
                        "--code-from",
                        shellCommand() + " phone --user \"$KEYTURN_ACCOUNT\" --wait --code");
        assertThat(said.code()).as(said.toString()).isZero();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : said.out().lines().toList()) {
            lines.add(Json.mapper().readTree(line));
        }
        assertThat(lines.getLast().path("outcome").asText()).isEqualTo("CONNECTED");
        assertThat(lines.subList(0, lines.size() - 1))
                .extracting(line -> line.path("type").asText())
                .containsSubsequence(
                        "RunQueued",
                        "LoginStarted",
                        "TwoFaRequested",
                        "TwoFaAnswered",
                        "LoginSucceeded",
                        "RunFinished");
        String run = lines.getLast().path("runId").asText();
        assertThat(keyturn("events", run).out()).contains("Signed in");
    }

    @Test
    @Order(5)
    void adasWrongPasswordHasItsExitCode() {
        Said said =
                keyturn(
                        "sign-in",
                        "sandbox",
                        "--label",
                        "wrong",
                        "--field",
                        "login=emil",
                        "--field",
                        "password=nonsense");
        assertThat(said.code()).as(said.toString()).isEqualTo(10);
    }

    /** Both Homes are on 127.0.0.1, and cookies know no ports. */
    @Test
    @Order(5)
    @ResourceLock(value = World.IS_UP, mode = ResourceAccessMode.READ)
    void twoStacksStaySignedInInOneBrowser() {
        World other = World.withoutKeycloak();
        try (Chromium chromium = Chromium.start();
                BrowserContext browser = chromium.newPerson()) {
            HomePage here = HomePage.signIn(browser, keyturn("open").out().strip());
            HomePage there = HomePage.signIn(browser, other.person("both").loginLink());
            assertThat(browser.cookies())
                    .extracting(cookie -> cookie.name + " on " + cookie.domain)
                    .containsExactlyInAnyOrder(
                            "keyturn_" + BASE + " on 127.0.0.1",
                            "keyturn_" + other.stackSettings().ports().home() + " on 127.0.0.1");
            here.reload();
            here.awaitSignedIn();
            there.reload();
            there.awaitSignedIn();
            here.signOut();
            there.reload();
            there.awaitSignedIn();
        }
    }

    @Test
    @Order(6)
    void aThingThatDiedIsStartedAgainByUp() {
        ProcessHandle process =
                Optional.ofNullable(pids().get("sandbox-site"))
                        .flatMap(ProcessHandle::of)
                        .orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        Map<String, Long> before = pids();
        assertThat(before).doesNotContainKey("sandbox-site");
        assertThat(keyturn("up").code()).isZero();
        assertThat(pids()).containsAllEntriesOf(before).containsKey("sandbox-site");
    }

    @Test
    @Order(7)
    void downStopsAllAndUpBringsTheDataBack() {
        assertThat(keyturn("down").code()).isZero();
        assertThat(pids()).isEmpty();
        assertThat(keyturn("accounts").code()).isEqualTo(12);
        Said up = keyturn("up", "--workers", "2");
        assertThat(up.code()).as(up.err()).isZero();
        assertThat(pids()).containsKeys("worker-1", "worker-2");
        assertThat(keyturn("accounts").out()).contains("emil").contains("ada");
        assertThat(keyturn("logs", "home").code()).isZero();
    }

    @Test
    @Order(8)
    void wipeLeavesNothing() {
        assertThat(keyturn("down", "--wipe", "--yes").code()).isZero();
        assertThat(HOME).doesNotExist();
    }

    private record Said(int code, String out, String err) {}

    private static Said keyturn(String... arguments) {
        try {
            List<String> command = new ArrayList<>(launcher());
            command.addAll(List.of(arguments));
            Path err = Files.createTempFile("launcher", ".err");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
            builder.environment().put("KEYTURN_HOME", HOME.toString());
            builder.environment().put("KEYTURN_PORT_BASE", String.valueOf(BASE));
            Process process = builder.start();
            process.getOutputStream().close();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            String said = Files.readString(err);
            Files.delete(err);
            return new Said(code, out, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> launcher() {
        Path target = Checkout.here().localTarget();
        return List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-Djdk.console=java.base",
                "-XX:TieredStopAtLevel=1",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + Path.of("target/launcher.jsa").toAbsolutePath(),
                "-Xlog:disable",
                "-cp",
                target.resolve("local-stack-0.1.0.jar") + ":" + target.resolve("lib") + "/*",
                "dev.keyturn.local.Keyturn");
    }

    private static String shellCommand() {
        return String.join(" ", launcher().stream().map(word -> "'" + word + "'").toList());
    }

    private static JsonNode status() {
        try {
            return Json.mapper().readTree(keyturn("status", "--json").out());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Long> pids() {
        Map<String, Long> pids = new TreeMap<>();
        StreamSupport.stream(status().path("processes").spliterator(), false)
                .filter(process -> process.has("pid"))
                .forEach(p -> pids.put(p.path("name").asText(), p.path("pid").asLong()));
        return pids;
    }

    private static List<String> secrets() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("secrets"))) {
            return files.filter(file -> !file.toString().endsWith(".json"))
                    .map(LauncherIT::read)
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
