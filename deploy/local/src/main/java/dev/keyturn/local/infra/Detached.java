package dev.keyturn.local.infra;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts programs that outlive who started them and hear no signal of its terminal. */
public final class Detached {

    /**
     * What of our environment a started program may see; the rest could change or tell something.
     */
    private static final Set<String> PASSED_ON =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TMPDIR", "TZ");

    private Detached() {}

    /**
     * Starts {@code command} in a session of its own.
     *
     * @param log where its output goes, added at the end
     */
    public static Process start(
            List<String> command, Map<String, String> environment, Path folder, Path log) {
        List<String> whole = new ArrayList<>(ownSession());
        whole.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(whole)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(PrivateFiles.touch(log).toFile()));
        builder.environment().keySet().retainAll(PASSED_ON);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new StackFailure("Could not start " + command.getFirst(), e);
        }
    }

    /** What puts a program into a session of its own: Linux has setsid, macOS has perl. */
    static List<String> ownSession() {
        if (onPath("setsid") != null) {
            return List.of("setsid");
        }
        if (onPath("perl") != null) {
            return List.of(
                    "perl", "-MPOSIX", "-e", "POSIX::setsid(); exec { $ARGV[0] } @ARGV or die");
        }
        throw new StackFailure("Neither setsid nor perl is on the path");
    }

    /** Where a program is, or null. */
    public static @Nullable Path onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
