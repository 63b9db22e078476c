package dev.keyturn.worker.store;

import dev.keyturn.service.db.Tx;
import dev.keyturn.worker.journal.Entry;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table {@code journal}. */
@ApplicationScoped
public class JournalTable {

    /** All of these runs, each in its order; nothing of a run that has none. */
    public Map<UUID, List<Entry>> load(Tx tx, Collection<UUID> runIds) {
        return tx
                .list(
                        "select * from journal where run_id = any($1) order by position",
                        (Object) runIds.toArray(UUID[]::new))
                .stream()
                .collect(
                        Collectors.groupingBy(
                                row -> row.getUUID("run_id"),
                                Collectors.mapping(JournalTable::entry, Collectors.toList())));
    }

    private static Entry entry(Row row) {
        return new Entry(
                row.getInteger("position"),
                Entry.Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getBoolean("once"),
                row.getBoolean("done"),
                Rows.textOrNull(row, "sealed"));
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
