package dev.keyturn.local.checks;

import dev.keyturn.local.infra.Detached;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium that the tests of the page use. */
public final class Browser {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final List<Path> APPLICATIONS =
            List.of(
                    Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
                    Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

    private Browser() {}

    /** What {@code CHROMIUM} says, else one of the path, else one of macOS. */
    public static Optional<Path> find(Map<String, String> environment) {
        String named = environment.getOrDefault("CHROMIUM", "");
        if (!named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        return Stream.concat(
                        NAMES.stream().map(Detached::onPath).flatMap(Stream::ofNullable),
                        APPLICATIONS.stream())
                .filter(Files::isExecutable)
                .findFirst();
    }
}
