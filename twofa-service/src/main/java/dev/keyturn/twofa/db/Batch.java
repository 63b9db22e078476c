package dev.keyturn.twofa.db;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.service.outbox.OutboxRow;
import dev.keyturn.service.reading.Received;
import dev.keyturn.twofa.challenge.Challenge;
import dev.keyturn.twofa.challenge.Decision;
import dev.keyturn.twofa.challenge.Given;
import dev.keyturn.twofa.challenge.Series;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides commands one after the other, each on what the one before it left. */
final class Batch {

    private final Map<UUID, ChallengeRow> rows;
    private final Map<UUID, Challenge> challenges = new HashMap<>();
    private final Series series;
    private final List<Object> toWrite = new ArrayList<>();
    private final List<OutboxRow> toSend = new ArrayList<>();
    private final List<Decided> decided = new ArrayList<>();

    Batch(List<ChallengeRow> rows, List<SubmissionRow> submissions) {
        this.rows =
                rows.stream()
                        .collect(
                                Collectors.toMap(
                                        r -> r.challengeId,
                                        Function.identity(),
                                        (a, _) -> a,
                                        HashMap::new));
        this.rows.forEach((id, row) -> challenges.put(id, row.toChallenge()));
        this.series =
                new Series(
                        challenges,
                        submissions.stream()
                                .collect(
                                        Collectors.toMap(
                                                r -> r.key.toRequest(),
                                                SubmissionRow::toGiven,
                                                (a, _) -> a)));
    }

    void decide(List<Received> received, Clock clock) {
        received.forEach(r -> decide(r, clock.instant()));
    }

    private void decide(Received received, Instant now) {
        ChallengeCommand command = (ChallengeCommand) received.message();
        Decision decision = series.decide(command, received.replyTo(), now);
        Challenge next = decision.challenge();
        if (next != null) {
            keep(next, received.partition());
        }
        Series.Request request = Series.Request.of(command);
        Given verdict = decision.given();
        if (request != null && verdict != null) {
            toWrite.add(SubmissionRow.of(SubmissionKey.of(request), verdict));
        }
        Outgoing.records(decision, received.traceparent())
                .forEach(r -> toSend.add(OutboxRow.of(command.accountId(), r, now)));
        decided.add(new Decided(received, decision));
    }

    private void keep(Challenge next, int partition) {
        UUID id = next.subject().challengeId();
        if (next.equals(challenges.put(id, next))) {
            return;
        }
        ChallengeRow row = rows.get(id);
        if (row == null) {
            ChallengeRow opened = ChallengeRow.of(next, partition);
            rows.put(id, opened);
            toWrite.add(opened);
        } else {
            row.set(next);
        }
    }

    /** New rows, in the order in which they are to be written. */
    Object[] toWrite() {
        return toWrite.toArray();
    }

    /** Messages, in the order in which they are to be sent. */
    List<OutboxRow> toSend() {
        return toSend;
    }

    List<Decided> decided() {
        return decided;
    }
}
