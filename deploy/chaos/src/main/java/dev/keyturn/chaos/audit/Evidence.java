package dev.keyturn.chaos.audit;

import dev.keyturn.chaos.person.Ledger;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.events.ConnectorEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that an audit judges by.
 *
 * @param log all facts, each partition in its order, with repeats
 * @param commands about challenges, as the log
 * @param sent when the broker first got each message, by its id; as the sender's clock has it
 * @param unreadable where records stand that are none
 * @param deadLetters how many records each topic of dead letters has
 * @param deaths which processes ended though nobody had asked them to
 * @param shown the state of each run as Home's API says it
 */
public record Evidence(
        List<ConnectorEvent> log,
        List<ChallengeCommand> commands,
        Map<UUID, Instant> sent,
        List<String> unreadable,
        Map<String, Long> deadLetters,
        List<String> deaths,
        List<SiteEntry> site,
        List<Ledger.RunOfPerson> runs,
        List<Ledger.Submission> submissions,
        Map<UUID, String> shown,
        Tables tables) {

    /** A line of the site's own log. */
    public record SiteEntry(
            Instant at, String kind, @Nullable String user, boolean ok, String detail) {}
}
