package dev.keyturn.home.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.keyturn.home.config.HomeConfig;
import dev.keyturn.home.web.Problem;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/**
 * Limits of one instance, as buckets of tokens that fill again with time. What is refused here has
 * not been looked at: it costs neither database nor broker anything.
 */
@ApplicationScoped
public class Limits {

    /** A person types one code in some seconds; two tabs and a second thought are within this. */
    private static final int BURST_PER_CHALLENGE = 10;

    private static final Duration NEXT_PER_CHALLENGE = Duration.ofSeconds(1);

    /** Buckets that nobody used for so long are full again, and forgotten. */
    private static final Duration FORGET = Duration.ofMinutes(10);

    private static final int MOST_BUCKETS = 100_000;

    private record OfChallenge(UUID user, UUID challenge) {}

    private final LoadingCache<UUID, Bucket> users;
    private final LoadingCache<OfChallenge, Bucket> challenges =
            Caffeine.newBuilder()
                    .expireAfterAccess(FORGET)
                    .maximumSize(MOST_BUCKETS)
                    .build(_ -> bucket(BURST_PER_CHALLENGE, 1, NEXT_PER_CHALLENGE));
    private final HomeConfig config;
    private final MeterRegistry metrics;

    Limits(HomeConfig config, MeterRegistry metrics) {
        this.config = config;
        this.metrics = metrics;
        this.users =
                Caffeine.newBuilder()
                        .expireAfterAccess(FORGET)
                        .maximumSize(MOST_BUCKETS)
                        .build(
                                _ ->
                                        bucket(
                                                2L * config.answersPerSecond(),
                                                config.answersPerSecond(),
                                                Duration.ofSeconds(1)));
    }

    private static Bucket bucket(long burst, long tokens, Duration period) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(tokens, period))
                .build();
    }

    /**
     * Before a user's command to a challenge is looked at: a code, or one of the popup's buttons.
     *
     * @throws Problem 429 if there were too many
     */
    public void answers(UUID user, UUID challenge) {
        take(users.get(user), "answers", "must be fewer in a second");
        take(
                challenges.get(new OfChallenge(user, challenge)),
                "challenge",
                "must be answered less often");
    }

    /**
     * Before a user's next live stream is opened.
     *
     * @param open how many he has here
     * @throws Problem 429 if these are enough
     */
    public void streams(long open) {
        if (open >= config.streams()) {
            throw refused(
                    "streams",
                    "must be at most " + config.streams() + " open at once",
                    config.heartbeat());
        }
    }

    private void take(Bucket bucket, String thing, String expected) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw refused(thing, expected, Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    private Problem refused(String thing, String expected, Duration wait) {
        metrics.counter("keyturn.home.refused", "limit", thing).increment();
        return Problem.tooMany(thing, expected, wait);
    }
}
