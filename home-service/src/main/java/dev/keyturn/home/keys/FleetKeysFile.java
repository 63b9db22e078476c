package dev.keyturn.home.keys;

import dev.keyturn.seal.FleetPublicKeys;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The fleet's public keys, read again when their file changes. A new one is trusted at once, but
 * given out only after a minute, when every worker has its private half. Keys that are not there
 * stop the start, not the first prompt.
 */
@Startup
@ApplicationScoped
public class FleetKeysFile {

    private static final Logger LOG = Logger.getLogger(FleetKeysFile.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** What was read, and when; {@code before} is given out until the new ones may be. */
    private record Read(
            FleetPublicKeys keys,
            String text,
            Instant at,
            Instant lookedAt,
            FleetPublicKeys before) {

        Read looked(Instant now) {
            return new Read(keys, text, at, now, before);
        }
    }

    private final Path file;
    private final Duration usedAfter;
    private final Clock clock;
    private final AtomicReference<Read> read;

    /**
     * @param usedAfter how long it takes until every worker has a file that was changed
     */
    FleetKeysFile(
            @ConfigProperty(name = "keyturn.keys.public-file") Path file,
            @ConfigProperty(name = "keyturn.keys.used-after", defaultValue = "1m")
                    Duration usedAfter,
            Clock clock) {
        this.file = file;
        this.usedAfter = usedAfter;
        this.clock = clock;
        FleetPublicKeys first = FleetPublicKeys.load(file);
        Instant now = clock.instant();
        this.read = new AtomicReference<>(new Read(first, first.json(), now, now, first));
    }

    /** The keys to verify by. */
    public FleetPublicKeys current() {
        return look().keys().usedAt(clock.instant(), usedAfter);
    }

    /** The JWK set to seal to. */
    public String givenOut() {
        Read read = look();
        Instant now = clock.instant();
        boolean isNew = now.isBefore(read.at().plus(usedAfter));
        return (isNew ? read.before() : read.keys()).usedAt(now, usedAfter).json();
    }

    private Read look() {
        Read known = read.get();
        Instant now = clock.instant();
        if (now.isBefore(known.lookedAt().plus(LOOK))) {
            return known;
        }
        Read looked = readAgain(known, now);
        return read.compareAndSet(known, looked) ? looked : read.get();
    }

    private Read readAgain(Read known, Instant now) {
        try {
            FleetPublicKeys keys = FleetPublicKeys.parse(Files.readString(file));
            return keys.json().equals(known.text())
                    ? known.looked(now)
                    : new Read(keys, keys.json(), now, now, known.keys());
        } catch (IOException | IllegalArgumentException e) {
            LOG.errorf(
                    "The fleet's public keys cannot be read, the former ones are used: file=%s"
                            + " cause=%s",
                    file, e.getMessage());
            return known.looked(now);
        }
    }
}
