package dev.keyturn.local.checks;

import dev.keyturn.local.terminal.Shown;
import dev.keyturn.local.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What ran, what was skipped and why. With a need required, a skip for its lack is a failure. */
public final class Summary {

    private static final int LONGEST = 200;

    private final List<TestCase> cases;

    public Summary(List<TestCase> cases, Set<Need> required) {
        this.cases = cases.stream().map(c -> judged(c, required)).toList();
    }

    private static TestCase judged(TestCase test, Set<Need> required) {
        boolean lacks = required.stream().anyMatch(need -> need.isMissing(test.why()));
        return test.result() == TestCase.Result.SKIPPED && lacks
                ? new TestCase(
                        test.module(),
                        test.name(),
                        TestCase.Result.FAILED,
                        "skipped, but required: " + test.why())
                : test;
    }

    public boolean failed() {
        return cases.isEmpty() || count(TestCase.Result.FAILED) > 0;
    }

    /** The table, what needs to be looked at, and the count. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(table().lines());
        lines.addAll(list("Failed", TestCase.Result.FAILED));
        lines.addAll(list("Skipped", TestCase.Result.SKIPPED));
        lines.add("");
        lines.add(
                "%d passed, %d failed, %d skipped"
                        .formatted(
                                count(TestCase.Result.PASSED),
                                count(TestCase.Result.FAILED),
                                count(TestCase.Result.SKIPPED)));
        return lines;
    }

    private Table table() {
        Table table = new Table("MODULE", "PASSED", "FAILED", "SKIPPED");
        Map<String, List<TestCase>> modules =
                cases.stream()
                        .collect(
                                Collectors.groupingBy(
                                        TestCase::module, TreeMap::new, Collectors.toList()));
        modules.forEach(
                (module, tests) ->
                        table.row(
                                module,
                                count(tests, TestCase.Result.PASSED),
                                count(tests, TestCase.Result.FAILED),
                                count(tests, TestCase.Result.SKIPPED)));
        return table;
    }

    private List<String> list(String title, TestCase.Result result) {
        List<String> lines =
                cases.stream()
                        .filter(test -> test.result() == result)
                        .map(test -> "  " + test.name() + ": " + shortened(test.why()))
                        .distinct()
                        .toList();
        return lines.isEmpty()
                ? List.of()
                : Stream.concat(Stream.of("", title + ":"), lines.stream()).toList();
    }

    private static String shortened(String why) {
        String text = Shown.text(why);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private long count(TestCase.Result result) {
        return count(cases, result);
    }

    private static long count(List<TestCase> tests, TestCase.Result result) {
        return tests.stream().filter(test -> test.result() == result).count();
    }
}
