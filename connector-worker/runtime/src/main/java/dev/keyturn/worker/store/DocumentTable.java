package dev.keyturn.worker.store;

import dev.keyturn.service.db.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Table {@code document}: which contents an account has. */
@ApplicationScoped
public class DocumentTable {

    public boolean has(Tx tx, UUID accountId, String sha256) {
        return tx.first(
                        "select 1 from document where account_id = $1 and sha256 = $2",
                        accountId,
                        sha256)
                .isPresent();
    }

    /** Whether it is new. */
    public boolean add(Tx tx, UUID accountId, String sha256, UUID documentId, Instant now) {
        return tx.update(
                        """
                        insert into document (account_id, sha256, document_id, saved_at)
                        values ($1, $2, $3, $4) on conflict do nothing
                        """,
                        accountId,
                        sha256,
                        documentId,
                        now)
                == 1;
    }
}
