package dev.keyturn.local.stack;

import dev.keyturn.local.infra.HomeFolder;
import java.nio.file.Path;
import java.util.List;

/**
 * Classes as a JVM had them in memory, so that a start reads instead of linking them. The JVM
 * itself sees whether an archive fits its jars, and does without else.
 */
final class StartUpArchive {

    private static final String ENDING = ".jsa";

    private StartUpArchive() {}

    /** For an application of ours, whose build has made one beside its jars. */
    static List<String> built(HomeFolder home, Path app) {
        return List.of("-XX:AOTCache=" + app.resolve("app.aot"), crashReport(home));
    }

    /** For a program of others: the JVM makes one when it stops for the first time. */
    static List<String> kept(HomeFolder home, Path app) {
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + of(home, app),
                crashReport(home));
    }

    /** A JVM leaves it in its working folder else. */
    private static String crashReport(HomeFolder home) {
        return "-XX:ErrorFile=" + home.logs().resolve("crash-of-%p.log");
    }

    static boolean is(Path file) {
        return file.toString().endsWith(ENDING);
    }

    static Path of(HomeFolder home, Path app) {
        return home.cache().resolve(app.getFileName() + ENDING);
    }
}
