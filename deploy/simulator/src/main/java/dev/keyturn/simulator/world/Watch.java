package dev.keyturn.simulator.world;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.commands.ExpireChallenge;
import dev.keyturn.commands.ResendCode;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.events.ChallengeFact;
import dev.keyturn.events.ConnectorEvent;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.TwoFaAnswered;
import dev.keyturn.events.TwoFaCodeTurnedAway;
import dev.keyturn.events.TwoFaExtended;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.replies.VerdictGiven;
import dev.keyturn.service.outbox.OutboxRow;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Decoded;
import dev.keyturn.wire.Message;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topic;
import dev.keyturn.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Looks at every record and every commit as it happens, and says what no Keyturn may do. */
public final class Watch {

    private record Key(Principal service, UUID account) {}

    private record Submission(UUID challengeId, UUID submissionId) {}

    private final World world;
    private final Set<String> violations = new LinkedHashSet<>();
    private final List<String> codes = new ArrayList<>();
    private final Map<Key, List<String>> committed = new HashMap<>();
    private final Map<String, Key> writers = new HashMap<>();
    private final Set<String> appended = new HashSet<>();
    private final Map<UUID, RunStory> stories = new LinkedHashMap<>();
    private final Map<UUID, Instant> deadlines = new HashMap<>();
    private final Map<Submission, Verdict> verdicts = new HashMap<>();
    private final Map<UUID, SubmitCode> submitted = new LinkedHashMap<>();
    private final Map<UUID, Long> submittedAt = new HashMap<>();
    private final Map<UUID, Map<Instant, Long>> expiries = new HashMap<>();
    private final Map<UUID, ResendCode> resends = new LinkedHashMap<>();
    private final List<Runnable> onCommit = new ArrayList<>();
    private long records;

    Watch(World world) {
        this.world = world;
    }

    /** That something must not have happened. */
    public void violation(String invariant, String what) {
        violations.add(invariant + ": " + what);
        world.tell("VIOLATION", () -> invariant + ": " + what);
    }

    public Set<String> violations() {
        return violations;
    }

    /** From now on this stands nowhere but at the site and with its person. */
    public void secret(String code) {
        codes.add(code);
    }

    /** Looks at the tables after each commit. */
    public void afterCommits(Runnable look) {
        onCommit.add(look);
    }

    public Map<UUID, RunStory> stories() {
        return stories;
    }

    /** The wishes for another message, by what they are known. */
    public Map<UUID, ResendCode> resends() {
        return resends;
    }

    /** The codes that the broker has. */
    public Map<UUID, SubmitCode> submitted() {
        return submitted;
    }

    public @Nullable Verdict verdict(UUID challengeId, UUID submissionId) {
        return verdicts.get(new Submission(challengeId, submissionId));
    }

    /** After a transaction that wrote these messages. */
    public void onCommit(SimulatedProcess process, List<OutboxRow> messages) {
        for (OutboxRow row : messages) {
            Key key = new Key(process.principal(), row.orderKey());
            String id = id(row.toRecord());
            if (writers.putIfAbsent(id, key) == null) {
                committed.computeIfAbsent(key, _ -> new ArrayList<>()).add(id);
            }
        }
        onCommit.forEach(Runnable::run);
    }

    void onAppend(SimulatedProcess process, Topic topic, ProducerRecord<String, byte[]> record) {
        String text = new String(record.value(), StandardCharsets.ISO_8859_1);
        if (codes.stream().anyMatch(text::contains)) {
            violation("secrets are sealed", "a code stands in clear on " + topic.name());
        }
        checkOrder(process, record);
        if (appended.add(id(record))
                && Codec.decode(topic, record.headers(), record.value())
                        instanceof Decoded.Known known) {
            records++;
            world.tell(process.name(), () -> told(known.message()));
            onFirst(known.message());
        }
    }

    /** A message in one line, its sealed texts left out. */
    private static String told(Message message) {
        return message.toString()
                .replaceAll("eyJ[\\w.-]+", "…")
                .replaceAll("([0-9a-f]{8})-[0-9a-f-]{27}", "$1");
    }

    private static String id(ProducerRecord<String, byte[]> record) {
        return record.topic()
                + "/"
                + new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }

    /** What one service says of one account is first heard in the order in which it was said. */
    private void checkOrder(SimulatedProcess process, ProducerRecord<String, byte[]> record) {
        String id = id(record);
        @Nullable Key key = writers.get(id);
        if (key == null || key.service() != process.principal() || appended.contains(id)) {
            return;
        }
        for (String earlier : committed.getOrDefault(key, List.of())) {
            if (earlier.equals(id)) {
                return;
            }
            if (!appended.contains(earlier) && !(isReply(earlier) && isReply(id))) {
                violation("order", "a message was sent before an earlier one");
            }
        }
    }

    // Replies that stand together go together: nothing follows from their order.
    private static boolean isReply(String id) {
        return id.startsWith(Topics.REPLIES.name());
    }

    private void onFirst(Message message) {
        switch (message) {
            case RunFact fact when fact.runId() != null -> onFact(fact);
            case ConnectorEvent _ -> {}
            case ChallengeCommand command -> onCommand(command);
            case VerdictGiven given -> onVerdict(given);
            default -> {}
        }
    }

    private void onCommand(ChallengeCommand command) {
        switch (command) {
            case SubmitCode submit -> {
                if (submitted.putIfAbsent(submit.submissionId(), submit) == null) {
                    submittedAt.put(submit.submissionId(), records);
                }
            }
            case ExpireChallenge expire ->
                    expiries.computeIfAbsent(expire.challengeId(), _ -> new HashMap<>())
                            .putIfAbsent(expire.deadline(), records);
            case ResendCode resend -> resends.put(resend.commandId(), resend);
            default -> {}
        }
    }

    private void onFact(RunFact fact) {
        UUID run = Objects.requireNonNull(fact.runId());
        stories.computeIfAbsent(run, _ -> new RunStory(run, this)).on(fact);
        switch (fact) {
            case TwoFaRequested asked ->
                    deadlines.putIfAbsent(asked.challengeId(), asked.deadline());
            case TwoFaExtended moved -> deadlines.put(moved.challengeId(), moved.deadline());
            case TwoFaAnswered answered ->
                    decided(answered, answered.submissionId(), Verdict.DELIVERED);
            case TwoFaCodeTurnedAway away -> {
                decided(away, away.submissionId(), away.verdict());
                checkInTime(away);
            }
            default -> {}
        }
    }

    private void decided(ChallengeFact fact, UUID submission, Verdict verdict) {
        @Nullable Verdict before =
                verdicts.putIfAbsent(new Submission(fact.challengeId(), submission), verdict);
        if (before != null && !before.equals(verdict)) {
            violation("one decision", "a submission was " + before + " and then " + verdict);
        }
    }

    /** A code that the broker had in time, before it was told that time is over. */
    private void checkInTime(TwoFaCodeTurnedAway away) {
        @Nullable SubmitCode submit = submitted.get(away.submissionId());
        @Nullable Instant deadline = deadlines.get(away.challengeId());
        if (!away.verdict().equals(Verdict.TOO_LATE) || submit == null || deadline == null) {
            return;
        }
        long expired =
                expiries.getOrDefault(away.challengeId(), Map.of())
                        .getOrDefault(deadline, Long.MAX_VALUE);
        if (submit.at().isBefore(deadline)
                && submittedAt.getOrDefault(away.submissionId(), 0L) < expired) {
            violation("one decision", "a code in time was TOO_LATE");
        }
    }

    private void onVerdict(VerdictGiven given) {
        if (submitted.containsKey(given.requestId())) {
            @Nullable Verdict known = verdict(given.challengeId(), given.requestId());
            if (known == null) {
                violation("one decision", "a verdict was replied before it stood on the log");
            } else if (!known.equals(given.verdict())) {
                violation(
                        "one decision", "the log says " + known + ", the reply " + given.verdict());
            }
        }
    }
}
