package dev.keyturn.local.commands;

import dev.keyturn.local.checks.Browser;
import dev.keyturn.local.checks.Need;
import dev.keyturn.local.checks.Reports;
import dev.keyturn.local.checks.Summary;
import dev.keyturn.local.infra.Checkout;
import dev.keyturn.local.terminal.WrongUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The script runs Maven between the two halves of this: the build replaces the jars that this
 * program runs from.
 */
@Command(
        name = "test",
        description = "Runs everything that CI checks, as far as this machine can.",
        mixinStandardHelpOptions = true)
public final class TestCommand implements Callable<Integer> {

    private final Workplace workplace;

    @Option(
            names = "--require",
            paramLabel = "browser,keycloak,docker",
            split = ",",
            description = "fail if a test is skipped because this is missing")
    private List<String> require = List.of();

    @Option(names = "--before", hidden = true)
    private boolean before;

    @Option(names = "--maven-result", hidden = true)
    private @Nullable Integer mavenResult;

    @Option(names = "--since", hidden = true)
    private long since;

    public TestCommand(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        Set<Need> required = required();
        if (before) {
            return before(required);
        }
        if (mavenResult == null) {
            throw new WrongUse("Run the tests with ./keyturn test");
        }
        return after(required, mavenResult);
    }

    /** Prints the browser's path alone, for the script. */
    private int before(Set<Need> required) {
        Optional<Path> browser = Browser.find(workplace.environment());
        if (required.contains(Need.BROWSER)
                && browser.filter(Files::isExecutable).isEmpty()
                && workplace.environment().containsKey("CHROMIUM")) {
            throw new WrongUse("CHROMIUM=" + browser.orElse(Path.of("")) + ": is no program");
        }
        workplace.out().println(browser.map(Path::toString).orElse(""));
        return 0;
    }

    private int after(Set<Need> required, int maven) {
        Summary summary =
                new Summary(
                        Reports.read(Checkout.here().root(), Instant.ofEpochSecond(since)),
                        required);
        workplace.out().println();
        summary.lines().forEach(workplace.out()::println);
        if (maven != 0 && !summary.failed()) {
            workplace.err().println("The build failed beside the tests; Maven says why above.");
        }
        return maven != 0 || summary.failed() ? 1 : 0;
    }

    private Set<Need> required() {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        for (String word : require) {
            needs.add(
                    Need.byWord(word)
                            .orElseThrow(
                                    () ->
                                            new WrongUse(
                                                    "--require=%s: must be browser or keycloak"
                                                            .formatted(word))));
        }
        return needs;
    }
}
