package dev.keyturn.worker.store;

import dev.keyturn.service.db.Tx;
import dev.keyturn.worker.budget.Spent;
import dev.keyturn.worker.run.Run;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Table {@code spent}: what counts against an account's budget. Each challenge counts once. */
@ApplicationScoped
public class SpentTable {

    private static final String PROMPT = "PROMPT";
    private static final String WRONG_CODE = "WRONG_CODE";

    /** Somebody is asked. */
    public void prompt(Tx tx, Run run, UUID challengeId, Instant now) {
        insert(tx, run, challengeId, PROMPT, now);
    }

    /** The site refused the code, or may have. */
    public void wrongCode(Tx tx, Run run, UUID challengeId, Instant now) {
        insert(tx, run, challengeId, WRONG_CODE, now);
    }

    private static void insert(Tx tx, Run run, UUID challengeId, String kind, Instant now) {
        tx.update(
                """
                insert into spent (challenge_id, kind, account_id, connector, at)
                values ($1, $2, $3, $4, $5) on conflict do nothing
                """,
                challengeId,
                kind,
                run.accountId(),
                run.connector(),
                now);
    }

    /** What counts since an instant. */
    public Spent since(Tx tx, Run run, Instant after) {
        List<Row> rows =
                tx.list(
                        """
                        select kind, at from spent where account_id = $1 and connector = $2 and at > $3
                        order by at
                        """,
                        run.accountId(),
                        run.connector(),
                        after);
        return new Spent(times(rows, PROMPT), times(rows, WRONG_CODE));
    }

    private static List<Instant> times(List<Row> rows, String kind) {
        return rows.stream()
                .filter(row -> row.getString("kind").equals(kind))
                .map(row -> Rows.instant(row, "at"))
                .toList();
    }

    /** Deletes what counts no more. */
    public int clean(Tx tx, Instant before) {
        return tx.update("delete from spent where at < $1", before);
    }
}
