package dev.keyturn.home.projection;

import dev.keyturn.home.view.Rows;
import dev.keyturn.service.db.Tx;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What deciding about an account's facts and commands needs.
 *
 * @param version of the latest credentials that home sent
 */
public record AccountRow(
        UUID id,
        UUID user,
        String connector,
        String label,
        long version,
        long seenVersion,
        String credentials,
        @Nullable String paused,
        @Nullable Instant erasingAt,
        @Nullable Instant erasedAt) {

    /** Accounts by id; those that are not known are left out. */
    public static Map<UUID, AccountRow> load(Tx tx, Collection<UUID> ids) {
        Map<UUID, AccountRow> accounts = new HashMap<>();
        tx.query("select * from account where id = any($1)", (Object) ids.toArray(UUID[]::new))
                .forEach(row -> accounts.put(row.getUUID("id"), of(row)));
        return accounts;
    }

    /** A row of {@code account}. */
    public static AccountRow of(Row row) {
        return new AccountRow(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getString("connector"),
                row.getString("label"),
                row.getLong("credentials_version"),
                row.getLong("seen_version"),
                row.getString("credentials"),
                row.getString("paused_why"),
                Rows.instantOrNull(row, "erasing_at"),
                Rows.instantOrNull(row, "erased_at"));
    }

    /** An erased account is a tombstone. */
    boolean takesFacts() {
        return erasedAt == null;
    }
}
