package dev.keyturn.local.infra;

import dev.keyturn.seal.FleetKeys;
import dev.keyturn.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * The folder in which everything of one local stack lies, closed to others.
 *
 * @param path {@code .keyturn}, or what {@code KEYTURN_HOME} says
 */
public record HomeFolder(Path path) {

    private static final String LAUNCHER_TOKEN = "launcher-token";

    /** Kafka deletes a segment as a whole: a fact stands for up to one segment longer. */
    private static final Duration LOG_IS_READ_FOR =
            Topics.EVENTS.retention().plus(Topics.EVENTS.segment());

    /** Makes the folder, keys and token where they are missing. */
    public void prepare() {
        PrivateFiles.folder(path);
        PrivateFiles.folder(documents());
        secrets().get(LAUNCHER_TOKEN);
        makeKeys();
    }

    /** Both files or none: the private one comes last. */
    private void makeKeys() {
        try {
            if (!Files.exists(privateKeys())) {
                Files.deleteIfExists(publicKeys());
                FleetKeys.generate().save(privateKeys(), publicKeys());
                PrivateFiles.close(publicKeys());
            }
            FleetKeys.load(privateKeys());
        } catch (IOException e) {
            throw PrivateFiles.failure(privateKeys(), e);
        } catch (IllegalArgumentException e) {
            throw new StackFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /** The fleet's keys, as the workers have them. */
    public FleetKeys fleetKeys() {
        try {
            return FleetKeys.load(privateKeys());
        } catch (IllegalArgumentException e) {
            throw new StackFailure(String.valueOf(e.getMessage()), e);
        }
    }

    /** Puts others in their place; what runs reads them again by itself. */
    public void replaceKeys(FleetKeys keys, Instant now) {
        try {
            keys.replace(privateKeys(), publicKeys(), now, LOG_IS_READ_FOR);
        } catch (IOException e) {
            throw PrivateFiles.failure(privateKeys(), e);
        }
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

    /** What the sandbox site remembers of its own. */
    public Path sandbox() {
        return path.resolve("sandbox");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path run() {
        return path.resolve("run");
    }

    /** What the operator sets beside what the launcher does: one file of properties per service. */
    public Path operatorsConfiguration(String service) {
        return path.resolve("conf").resolve(service + ".properties");
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
