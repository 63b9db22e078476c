package dev.keyturn.local.stack;

import dev.keyturn.local.infra.HomeFolder;
import java.nio.file.Path;
import java.util.List;

/**
 * Classes as a JVM had them in memory when it stopped, so that its next start reads instead of
 * linking them. The JVM itself sees whether an archive fits its jars, and makes a new one else.
 */
final class StartUpArchive {

    private static final String ENDING = ".jsa";

    private StartUpArchive() {}

    /** With the place of a crash's report: a JVM leaves it in its working folder else. */
    static List<String> flags(HomeFolder home, Path app) {
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + of(home, app),
                "-XX:ErrorFile=" + home.logs().resolve("crash-of-%p.log"));
    }

    static boolean is(Path file) {
        return file.toString().endsWith(ENDING);
    }

    static Path of(HomeFolder home, Path app) {
        return home.cache().resolve(app.getFileName() + ENDING);
    }
}
