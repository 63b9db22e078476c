package dev.keyturn.local.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {

    private static final String REPORT =
            """
            <testsuite name="x">
              <testcase classname="a.b.PopupTest" name="opens"/>
              <testcase classname="a.b.PopupTest" name="closes"><failure message="no" type="t"/></testcase>
              <testcase classname="a.b.PopupTest" name="breaks"><error message="boom"/></testcase>
              <testcase classname="a.b.PopupTest" name="draws"><skipped message="no browser: no Chromium here"/></testcase>
            </testsuite>
            """;

    @TempDir Path root;

    @Test
    void reportsAreReadFromAllModules() throws Exception {
        write("home-service/target/surefire-reports/TEST-a.xml");
        write("deploy/system-tests/target/failsafe-reports/TEST-b.xml");
        write("home-service/src/main/webui/node_modules/x/target/surefire-reports/TEST-c.xml");
        List<TestCase> cases = Reports.read(root, Instant.EPOCH);
        assertThat(cases).hasSize(8);
        assertThat(cases)
                .extracting(TestCase::module)
                .containsOnly("home-service", "deploy/system-tests");
        assertThat(cases)
                .contains(
                        new TestCase(
                                "home-service",
                                "PopupTest.draws",
                                TestCase.Result.SKIPPED,
                                "no browser: no Chromium here"));
    }

    @Test
    void reportsOfAnEarlierBuildDoNotCount() throws Exception {
        Path old = write("home-service/target/surefire-reports/TEST-a.xml");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3600)));
        assertThat(Reports.read(root, Instant.now().minusSeconds(60))).isEmpty();
    }

    @Test
    void theTableEndsWithTheCount() {
        Summary summary =
                new Summary(
                        List.of(
                                test("a", TestCase.Result.PASSED, ""),
                                test("b", TestCase.Result.SKIPPED, "no browser")),
                        Set.of());
        assertThat(summary.failed()).isFalse();
        assertThat(summary.lines())
                .containsExactly(
                        "MODULE  PASSED  FAILED  SKIPPED",
                        "home    1       0       1",
                        "",
                        "Skipped:",
                        "  b: no browser",
                        "",
                        "1 passed, 0 failed, 1 skipped");
    }

    @Test
    void aSkipForWhatIsRequiredIsAFailure() {
        List<TestCase> cases =
                List.of(
                        test("a", TestCase.Result.SKIPPED, "no Chromium here"),
                        test("b", TestCase.Result.SKIPPED, "Keycloak is not there"));
        assertThat(new Summary(cases, Set.of()).failed()).isFalse();
        assertThat(new Summary(cases, Set.of(Need.BROWSER)).lines())
                .contains("0 passed, 1 failed, 1 skipped")
                .contains("  a: skipped, but required: no Chromium here");
        assertThat(new Summary(cases, Set.of(Need.BROWSER, Need.KEYCLOAK)).failed()).isTrue();
    }

    @Test
    void noTestAtAllIsAFailure() {
        assertThat(new Summary(List.of(), Set.of()).failed()).isTrue();
    }

    @Test
    void theBrowserIsWhatTheEnvironmentSays() {
        assertThat(Browser.find(Map.of("CHROMIUM", "/opt/c"))).contains(Path.of("/opt/c"));
    }

    private static TestCase test(String name, TestCase.Result result, String why) {
        return new TestCase("home", name, result, why);
    }

    private Path write(String file) throws Exception {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        return Files.writeString(path, REPORT);
    }
}
