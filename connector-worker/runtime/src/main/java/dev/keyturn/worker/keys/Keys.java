package dev.keyturn.worker.keys;

import dev.keyturn.seal.FleetKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The fleet's private keys, read again when their file changes. */
@ApplicationScoped
public class Keys {

    private static final Logger LOG = Logger.getLogger(Keys.class);
    private static final long LOOK = Duration.ofSeconds(5).toNanos();

    private final Path file;
    private FleetKeys keys;
    private FileTime changed;
    private long looked = System.nanoTime();

    Keys(@ConfigProperty(name = "keyturn.keys.private-file") Path file) {
        this.file = file;
        this.changed = changedAt(file);
        this.keys = FleetKeys.load(file);
    }

    /** The keys as they are now. */
    public synchronized FleetKeys fleet() {
        if (System.nanoTime() - looked > LOOK) {
            looked = System.nanoTime();
            reload();
        }
        return keys;
    }

    private void reload() {
        try {
            FileTime now = changedAt(file);
            if (!now.equals(changed)) {
                keys = FleetKeys.load(file);
                changed = now;
                LOG.infof("The fleet's keys were read again: file=%s", file);
            }
        } catch (IllegalArgumentException e) {
            LOG.errorf(
                    "The fleet's keys could not be read again, the former ones are used: %s",
                    e.getMessage());
        }
    }

    private static FileTime changedAt(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "keyturn.keys.private-file=" + file + ": must be a readable file", e);
        }
    }
}
