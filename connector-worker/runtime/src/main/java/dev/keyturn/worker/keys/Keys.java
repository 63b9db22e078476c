package dev.keyturn.worker.keys;

import dev.keyturn.seal.FleetKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The fleet's private keys, read again when their file changes. A new key opens and verifies at
 * once, and is used only when it is old enough for every process to have it.
 */
@ApplicationScoped
public class Keys {

    private static final Logger LOG = Logger.getLogger(Keys.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Path file;
    private final Duration usedAfter;
    private final Clock clock;
    private FleetKeys keys;
    private FleetKeys before;
    private FileTime changed;
    private Instant readAt;
    private Instant lookedAt;

    /**
     * @param usedAfter how long it takes until every process has a file that was changed: longer is
     *     safe, and only delays the new keys
     */
    Keys(
            @ConfigProperty(name = "keyturn.keys.private-file") Path file,
            @ConfigProperty(name = "keyturn.keys.used-after", defaultValue = "1m")
                    Duration usedAfter,
            Clock clock) {
        if (usedAfter.isNegative() || usedAfter.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "keyturn.keys.used-after=" + usedAfter + ": must be between 0s and 1h");
        }
        this.file = file;
        this.usedAfter = usedAfter;
        this.clock = clock;
        this.changed = changedAt(file);
        this.keys = FleetKeys.load(file);
        this.before = keys;
        this.readAt = clock.instant();
        this.lookedAt = readAt;
    }

    /** The keys as they are used now. */
    public synchronized FleetKeys fleet() {
        Instant now = clock.instant();
        if (!now.isBefore(lookedAt.plus(LOOK))) {
            lookedAt = now;
            reload(now);
        }
        FleetKeys used = now.isBefore(readAt.plus(usedAfter)) ? keys.usedLike(before) : keys;
        return used.usedAt(now, usedAfter);
    }

    private void reload(Instant now) {
        try {
            FileTime changedNow = changedAt(file);
            if (!changedNow.equals(changed)) {
                FleetKeys read = FleetKeys.load(file);
                before = keys;
                keys = read;
                changed = changedNow;
                readAt = now;
                LOG.infof("The fleet's keys were read again: file=%s keys=%s", file, read);
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
