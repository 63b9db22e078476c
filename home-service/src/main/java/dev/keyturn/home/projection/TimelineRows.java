package dev.keyturn.home.projection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyturn.events.RunFact;
import dev.keyturn.events.WorkerFact;
import dev.keyturn.home.view.Rows;
import dev.keyturn.service.db.Tx;
import dev.keyturn.wire.Json;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The facts of runs as they are listed: in the log's order, each once, nothing that is sealed. */
final class TimelineRows {

    /** What is sealed, and what stands in fields of its own. */
    private static final Set<String> LEFT_OUT =
            Set.of("sealTo", "eventId", "ownerId", "accountId", "runId", "epoch", "at", "storeKey");

    /** A fact, where it stood, and whether it changed nothing. */
    record Entry(RunFact fact, long position, boolean late) {}

    private final List<Entry> entries = new ArrayList<>();

    void add(RunFact fact, long position, boolean late) {
        entries.add(new Entry(fact, position, late));
    }

    /** Those of these ids that were applied already. */
    static Set<UUID> known(Tx tx, Collection<UUID> eventIds) {
        Set<UUID> known = new HashSet<>();
        tx.query(
                        "select event_id from timeline where event_id = any($1)",
                        (Object) eventIds.toArray(UUID[]::new))
                .forEach(row -> known.add(row.getUUID("event_id")));
        return known;
    }

    /** Writes all in one statement. */
    void save(Tx tx) {
        if (entries.isEmpty()) {
            return;
        }
        tx.update(
                """
                insert into timeline (run_id, position, event_id, type, at, epoch, late, data)
                select * from unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[],
                    $5::timestamptz[], $6::bigint[], $7::boolean[], $8::text[])\
                """,
                entries.stream().map(e -> e.fact().runId()).toArray(UUID[]::new),
                entries.stream().map(Entry::position).toArray(Long[]::new),
                entries.stream().map(e -> e.fact().eventId()).toArray(UUID[]::new),
                entries.stream().map(e -> e.fact().typeName()).toArray(String[]::new),
                entries.stream()
                        .map(e -> e.fact().at().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new),
                epochs(),
                entries.stream().map(Entry::late).toArray(Boolean[]::new),
                entries.stream().map(e -> data(e.fact())).toArray(String[]::new));
    }

    @SuppressWarnings("NullAway") // what is no worker's has no epoch, which is a null in the array
    private Long[] epochs() {
        return entries.stream()
                .map(e -> e.fact() instanceof WorkerFact w ? (Long) w.epoch() : null)
                .toArray(Long[]::new);
    }

    private static String data(RunFact fact) {
        JsonNode tree = Json.mapper().valueToTree(fact);
        ObjectNode data = (ObjectNode) Objects.requireNonNull(tree);
        data.remove(LEFT_OUT);
        return Rows.text(data);
    }
}
