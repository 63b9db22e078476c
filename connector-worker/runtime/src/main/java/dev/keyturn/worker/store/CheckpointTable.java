package dev.keyturn.worker.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyturn.service.db.Statements;
import dev.keyturn.service.db.Tx;
import dev.keyturn.values.Prompt;
import dev.keyturn.values.RejectedBy;
import dev.keyturn.values.RejectedWhy;
import dev.keyturn.wire.Codec;
import dev.keyturn.wire.Json;
import dev.keyturn.worker.challenge.Checkpoint;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table {@code checkpoint}: a row per challenge. */
@ApplicationScoped
public class CheckpointTable {

    /** Whether it is there already. */
    public boolean has(Tx tx, UUID challengeId) {
        return tx.first("select 1 from checkpoint where challenge_id = $1", challengeId)
                .isPresent();
    }

    /** Writes a new one. */
    public void insert(Tx tx, UUID runId, long epoch, Checkpoint c) {
        tx.update(
                """
                insert into checkpoint (challenge_id, run_id, position, attempt, retry_of, round, state,
                                        private_key, seal_to, prompt, deadline, extendable_to)
                select $3::uuid, run_id, $4::int, $5::int, $6::uuid, $7::int, 'OPEN', $8::text, $9::text,
                       $10::text, $11::timestamptz, $12::timestamptz
                from run where run_id = $1 and epoch = $2
                """,
                runId,
                epoch,
                c.challengeId(),
                c.position(),
                c.attempt(),
                c.retryOf(),
                c.round(),
                c.privateKey(),
                c.sealTo(),
                json(c.prompt()),
                c.deadline(),
                c.extendableTo());
    }

    /** The last challenge of a wait. */
    public Optional<Checkpoint> last(Statements db, UUID runId, int position) {
        return db.first(
                        """
                        select * from checkpoint where run_id = $1 and position = $2
                        order by attempt desc limit 1
                        """,
                        runId,
                        position)
                .map(CheckpointTable::checkpoint);
    }

    /** The challenges that these runs wait for, by run. */
    public Map<UUID, Checkpoint> lastOpen(Tx tx, Collection<UUID> runIds) {
        return tx
                .list(
                        """
                        select distinct on (run_id) * from checkpoint
                        where run_id = any($1) and state = 'OPEN'
                        order by run_id, position desc, attempt desc
                        """,
                        (Object) runIds.toArray(UUID[]::new))
                .stream()
                .collect(
                        Collectors.toMap(
                                row -> row.getUUID("run_id"), CheckpointTable::checkpoint));
    }

    /** The challenges of a run for which nobody has answered yet. */
    public List<UUID> open(Tx tx, UUID runId) {
        return tx
                .list(
                        "select challenge_id from checkpoint where run_id = $1 and state = 'OPEN'",
                        runId)
                .stream()
                .map(row -> row.getUUID("challenge_id"))
                .toList();
    }

    /** The answer has come; it stays sealed. */
    public void answered(Tx tx, UUID challengeId, UUID submissionId, String sealed, int round) {
        tx.update(
                """
                update checkpoint set state = 'ANSWERED', submission_id = $2, answer = $3, answer_round = $4
                where challenge_id = $1 and state in ('OPEN', 'ANSWERED')
                """,
                challengeId,
                submissionId,
                sealed,
                round);
    }

    /** It ended without an answer; its key is gone. */
    public void endedAs(Tx tx, UUID challengeId, Checkpoint.State state) {
        tx.update(
                """
                update checkpoint set state = $2, private_key = null, answer = null
                where challenge_id = $1
                """,
                challengeId,
                state);
    }

    /** The next round of one that is open. */
    public void round(Tx tx, Checkpoint c) {
        tx.update(
                """
                update checkpoint set round = $2, prompt = $3
                where challenge_id = $1 and state = 'OPEN' and round < $2
                """,
                c.challengeId(),
                c.round(),
                json(c.prompt()));
    }

    public void deadline(Tx tx, UUID challengeId, Instant deadline) {
        tx.update(
                "update checkpoint set deadline = $2 where challenge_id = $1",
                challengeId,
                deadline);
    }

    /** The code is about to be used; false if it was used before. */
    public boolean reveal(Tx tx, UUID challengeId, long epoch) {
        return tx.update(
                        """
                        update checkpoint set state = 'REVEALED', revealed_epoch = $2
                        where challenge_id = $1
                          and (state = 'ANSWERED' or state = 'REVEALED' and revealed_epoch = $2)
                        """,
                        challengeId,
                        epoch)
                == 1;
    }

    /** A code was refused, by whom and why, and whether that counts as a wrong code. */
    public void rejected(Tx tx, UUID challengeId, RejectedBy by, RejectedWhy why, boolean counted) {
        tx.update(
                """
                update checkpoint set state = 'PASSED', private_key = null, answer = null,
                    rejected_by = $2, rejected_why = $3, counted = $4
                where challenge_id = $1
                """,
                challengeId,
                by.text(),
                why.text(),
                counted);
    }

    /** The challenges whose codes the site may have, unjudged. */
    public List<Checkpoint> revealed(Tx tx, UUID runId) {
        return tx
                .list("select * from checkpoint where run_id = $1 and state = 'REVEALED'", runId)
                .stream()
                .map(CheckpointTable::checkpoint)
                .toList();
    }

    /** The run has passed its revealed codes: nobody can open them any more. */
    public void passRevealed(Tx tx, UUID runId) {
        tx.update(
                """
                update checkpoint set state = 'PASSED', private_key = null, answer = null
                where run_id = $1 and state = 'REVEALED'
                """,
                runId);
    }

    /** The run has passed all its challenges but one; null for all. */
    public void passAllBut(Tx tx, UUID runId, @Nullable UUID challengeId) {
        tx.update(
                """
                update checkpoint set private_key = null, answer = null,
                    state = case when state in ('EXPIRED', 'CANCELLED') then state else 'PASSED' end
                where run_id = $1 and challenge_id is distinct from $2
                  and (private_key is not null or state in ('OPEN', 'ANSWERED', 'REVEALED'))
                """,
                runId,
                challengeId);
    }

    /** Deletes what keys ended runs may have left. */
    public int clean(Tx tx) {
        return tx.update(
                """
                update checkpoint c set private_key = null, answer = null from run r
                where r.run_id = c.run_id and r.state = 'ENDED'
                  and (c.private_key is not null or c.answer is not null)
                """);
    }

    private static String json(Prompt prompt) {
        return new String(Codec.json(prompt), StandardCharsets.UTF_8);
    }

    private static Checkpoint checkpoint(Row row) {
        return new Checkpoint(
                row.getUUID("challenge_id"),
                row.getInteger("position"),
                row.getInteger("attempt"),
                Rows.uuidOrNull(row, "retry_of"),
                row.getInteger("round"),
                Checkpoint.State.valueOf(row.getString("state")),
                Rows.textOrNull(row, "private_key"),
                row.getString("seal_to"),
                prompt(row.getString("prompt")),
                Rows.instant(row, "deadline"),
                Rows.instantOrNull(row, "extendable_to"),
                Rows.textOrNull(row, "answer"),
                Rows.numberOr(row, "answer_round", 1));
    }

    private static Prompt prompt(String json) {
        try {
            return Json.mapper().readValue(json, Prompt.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("checkpoint.prompt: must be JSON", e);
        }
    }
}
