package dev.keyturn.worker.store;

import dev.keyturn.service.db.Tx;
import dev.keyturn.worker.journal.Entry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table {@code journal}. */
@ApplicationScoped
public class JournalTable {

    /** All of a run. */
    public List<Entry> load(Tx tx, UUID runId) {
        return tx.list("select * from journal where run_id = $1 order by position", runId).stream()
                .map(
                        row ->
                                new Entry(
                                        row.getInteger("position"),
                                        Entry.Kind.valueOf(row.getString("kind")),
                                        row.getString("name"),
                                        row.getBoolean("once"),
                                        row.getBoolean("done"),
                                        Rows.textOrNull(row, "sealed")))
                .toList();
    }

    /** That something was begun, or done; the last word counts. */
    public void write(
            Tx tx,
            UUID runId,
            long epoch,
            int position,
            Entry.Kind kind,
            String name,
            boolean once,
            boolean done,
            @Nullable String sealed) {
        tx.update(
                """
                insert into journal (run_id, position, kind, name, once, done, epoch, sealed)
                select run_id, $3::int, $4::text, $5::text, $6::boolean, $7::boolean, epoch, $8::text from run where run_id = $1 and epoch = $2
                on conflict (run_id, position) do update set
                    once = journal.once or excluded.once, done = excluded.done,
                    epoch = excluded.epoch, sealed = excluded.sealed
                """,
                runId,
                epoch,
                position,
                kind,
                name,
                once,
                done,
                sealed);
    }

    /** Deletes the journals of runs that ended before an instant. */
    public int clean(Tx tx, Instant before) {
        return tx.update(
                """
                delete from journal j using run r
                where r.run_id = j.run_id and r.state = 'ENDED' and r.ended_at < $1
                """,
                before);
    }
}
