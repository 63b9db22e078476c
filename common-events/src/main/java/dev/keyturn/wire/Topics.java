package dev.keyturn.wire;

import static dev.keyturn.wire.Principal.HOME;
import static dev.keyturn.wire.Principal.TWOFA;
import static dev.keyturn.wire.Principal.WORKER;

import dev.keyturn.catalog.ConnectorOffered;
import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.RunCommand;
import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.replies.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The topics, from which those at the broker and the rights to them are made. */
public final class Topics {

    /** Commands for the workers. */
    public static final Topic RUNS =
            new Topic(
                    "connector.runs.v1",
                    "accountId",
                    24,
                    Duration.ofDays(1),
                    Duration.ofHours(1),
                    false,
                    Set.of(RunCommand.class),
                    Set.of(HOME),
                    Set.of(WORKER));

    /** The log of facts, which is replayed. */
    public static final Topic EVENTS =
            new Topic(
                    "connector.events.v1",
                    "accountId",
                    24,
                    Duration.ofDays(30),
                    Duration.ofDays(1),
                    false,
                    Set.of(ConnectorEvent.class),
                    Set.of(WORKER, TWOFA, HOME),
                    Set.of(HOME));

    /** Commands about challenges. */
    public static final Topic CHALLENGES =
            new Topic(
                    "twofa.commands.v1",
                    "accountId",
                    24,
                    Duration.ofDays(1),
                    Duration.ofHours(1),
                    false,
                    Set.of(ChallengeCommand.class),
                    Set.of(WORKER, HOME, TWOFA),
                    Set.of(TWOFA));

    /** The reply topic. */
    public static final Topic REPLIES =
            new Topic(
                    "twofa.replies.v1",
                    "challengeId",
                    32,
                    Duration.ofHours(1),
                    Duration.ofMinutes(10),
                    false,
                    Set.of(Reply.class),
                    Set.of(TWOFA),
                    Set.of(WORKER, HOME));

    /** What can be signed in to. Workers read it too, to write only what differs. */
    public static final Topic CATALOG =
            new Topic(
                    "connector.catalog.v1",
                    "slug",
                    1,
                    Duration.ofDays(36_500),
                    Duration.ofDays(1),
                    true,
                    Set.of(ConnectorOffered.class),
                    Set.of(WORKER),
                    Set.of(HOME, WORKER));

    private Topics() {}

    /** Every topic, without the dead letters of each. */
    public static List<Topic> all() {
        return List.of(RUNS, EVENTS, CHALLENGES, REPLIES, CATALOG);
    }
}
