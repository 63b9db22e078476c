package dev.keyturn.chaos.audit;

import dev.keyturn.home.status.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the services' tables hold in the end.
 *
 * @param runs Home's view of each run
 * @param challenges Home's view of each challenge: its state, and its outcome if it has one
 * @param timelines the facts of each run as Home lists them
 * @param verdicts what twofa-service decided, by submission
 * @param held the workers' row of each run
 * @param left how many rows there are of what must have gone, by what they are
 */
public record Tables(
        Map<UUID, View> runs,
        Map<UUID, String> challenges,
        Map<UUID, List<UUID>> timelines,
        Map<UUID, String> verdicts,
        Map<UUID, Held> held,
        Map<String, Long> left) {

    /** A run as Home tells of it. */
    public record View(String state, @Nullable String reason, int documents, RunStatus fold) {}

    /**
     * A run as the workers hold it.
     *
     * @param losses how often its holder had died before it ended
     * @param unsafe whether a request outside a step was noted
     */
    public record Held(
            String state,
            long epoch,
            int losses,
            boolean unsafe,
            @Nullable Instant endsAt,
            @Nullable Instant endedAt) {}
}
