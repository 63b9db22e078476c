package dev.keyturn.local.infra;

import java.nio.file.Path;

/**
 * The folder in which everything of one local stack lies, closed to others.
 *
 * @param path {@code .keyturn}, or what {@code KEYTURN_HOME} says
 */
public record HomeFolder(Path path) {

    private static final String LAUNCHER_TOKEN = "launcher-token";

    /** Makes the folder, keys and token where they are missing. */
    public void prepare() {
        PrivateFiles.folder(path);
        PrivateFiles.folder(documents());
        secrets().get(LAUNCHER_TOKEN);
    }

    public Secrets secrets() {
        return new Secrets(path.resolve("secrets"));
    }

    public Path kafka() {
        return path.resolve("kafka");
    }

    public Path postgres() {
        return path.resolve("postgres");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path run() {
        return path.resolve("run");
    }

    /** What can be made again at any time. */
    public Path cache() {
        return path.resolve("cache");
    }

    public Path documents() {
        return path.resolve("documents");
    }

    public Path privateKeys() {
        return path.resolve("secrets").resolve("fleet-private.json");
    }

    public Path publicKeys() {
        return path.resolve("secrets").resolve("fleet-public.json");
    }

    public Path launcherToken() {
        return secrets().file(LAUNCHER_TOKEN);
    }
}
