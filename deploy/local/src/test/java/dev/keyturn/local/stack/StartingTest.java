package dev.keyturn.local.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.keyturn.local.infra.HomeFolder;
import dev.keyturn.local.infra.StackFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingTest {

    @TempDir Path folder;

    private final List<ProcessHandle> seen = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void makeFolder() {
        new HomeFolder(folder).prepare();
    }

    @AfterEach
    void endAll() {
        seen.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void allComeUpAndLeaveAFileEach() {
        start(new Sleeper("kafka", false, true), new Sleeper("home", true, true));
        assertThat(seen).hasSize(2).allMatch(ProcessHandle::isAlive);
        assertThat(told).hasSize(2);
        assertThat(Running.read(pid("kafka"))).isPresent();
        assertThat(Running.read(pid("home"))).isPresent();
    }

    @Test
    void whenOneDoesNotComeUpNoneStays() {
        assertThatThrownBy(
                        () ->
                                start(
                                        new Sleeper("kafka", false, true),
                                        new Sleeper("home", true, false),
                                        new Sleeper("twofa", true, true)))
                .isInstanceOf(StackFailure.class)
                .hasMessage("home does not want to");
        await().untilAsserted(
                        () ->
                                assertThat(seen)
                                        .hasSizeGreaterThanOrEqualTo(2)
                                        .noneMatch(ProcessHandle::isAlive));
        assertThat(pid("kafka")).doesNotExist();
        assertThat(pid("home")).doesNotExist();
    }

    @Test
    void servicesAreNotStartedWithoutInfrastructure() {
        assertThatThrownBy(
                        () ->
                                start(
                                        new Sleeper("kafka", false, false),
                                        new Sleeper("home", true, true)))
                .hasMessage("kafka does not want to");
        assertThat(seen).hasSize(1);
    }

    @Test
    void theProcessHasASessionOfItsOwnAndALog() throws Exception {
        start(new Sleeper("kafka", false, true));
        long pid = seen.getFirst().pid();
        Process ps = new ProcessBuilder("ps", "-o", "sid=", "-p", String.valueOf(pid)).start();
        String session = new String(ps.getInputStream().readAllBytes(), US_ASCII).strip();
        assertThat(session).isEqualTo(String.valueOf(pid));
        Path log = new HomeFolder(folder).logs().resolve("kafka.log");
        await().untilAsserted(() -> assertThat(log).content().contains("kafka began"));
    }

    @Test
    void theLogBeforeIsKeptAside() throws Exception {
        Path logs = new HomeFolder(folder).logs();
        Files.createDirectories(logs);
        Files.writeString(logs.resolve("kafka.log"), "from before");
        start(new Sleeper("kafka", false, true));
        assertThat(logs.resolve("kafka.old.log")).hasContent("from before");
    }

    private void start(Member... members) {
        new Starting(new HomeFolder(folder), told::add).start(List.of(members));
    }

    private Path pid(String name) {
        return Starting.pidFile(new HomeFolder(folder), name);
    }

    private final class Sleeper implements Member {
        private final String name;
        private final boolean needsInfrastructure;
        private final boolean willing;

        Sleeper(String name, boolean needsInfrastructure, boolean willing) {
            this.name = name;
            this.needsInfrastructure = needsInfrastructure;
            this.willing = willing;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int port() {
            return 1;
        }

        @Override
        public List<Integer> ports() {
            return List.of(1);
        }

        @Override
        public String version() {
            return "1.0";
        }

        @Override
        public boolean needsInfrastructure() {
            return needsInfrastructure;
        }

        @Override
        public void prepare() {}

        @Override
        public List<String> command() {
            return List.of(
                    "sh",
                    "-c",
                    "trap 'kill $!; exit' TERM INT; echo " + name + " began; sleep 600 & wait");
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public void awaitReady(ProcessHandle process, Path log) {
            seen.add(process);
            if (!willing) {
                throw new StackFailure(name + " does not want to");
            }
        }

        @Override
        public Optional<String> notReady() {
            return Optional.empty();
        }
    }
}
