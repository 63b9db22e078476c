package dev.keyturn.worker.account;

import dev.keyturn.seal.Binding;
import dev.keyturn.seal.SealException;
import dev.keyturn.seal.SealedKind;
import dev.keyturn.service.db.Tx;
import dev.keyturn.worker.keys.Keys;
import dev.keyturn.worker.store.AccountTable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Cookies kept between the runs of an account, sealed and bound to the credentials' version. */
@ApplicationScoped
public class KeptSessions {

    private static final Logger LOG = Logger.getLogger(KeptSessions.class);

    private final AccountTable accounts;
    private final Keys keys;
    private final MeterRegistry metrics;

    KeptSessions(AccountTable accounts, Keys keys, MeterRegistry metrics) {
        this.accounts = accounts;
        this.keys = keys;
        this.metrics = metrics;
    }

    /** The cookies; null if there are none for these credentials. */
    public byte @Nullable [] open(UUID accountId, AccountTable.Kept kept) {
        String sealed = kept.session();
        Long version = kept.sessionVersion();
        if (sealed == null || version == null || version != kept.version()) {
            return null;
        }
        try {
            return keys.fleet()
                    .open(SealedKind.SESSION, Binding.session(accountId, version), sealed);
        } catch (SealException e) {
            metrics.counter("keyturn.worker.sealed.refused", "kind", "session").increment();
            LOG.warnf(
                    "A kept session does not open and is left aside: accountId=%s cause=%s",
                    accountId, e.getMessage());
            return null;
        }
    }

    /** Seals cookies for {@link #save}; null if there are too many of them to be kept. */
    public @Nullable String seal(UUID accountId, AccountTable.Kept kept, byte[] jar) {
        String sealed =
                keys.fleet()
                        .seal(SealedKind.SESSION, Binding.session(accountId, kept.version()), jar);
        if (sealed.length() > SealedKind.SESSION.maxLength()) {
            LOG.warnf("A session is too large to be kept: accountId=%s", accountId);
            return null;
        }
        return sealed;
    }

    /** Keeps them, unless the credentials changed or the session was forgotten meanwhile. */
    public void save(Tx tx, UUID accountId, AccountTable.Kept kept, @Nullable String sealed) {
        if (sealed != null) {
            accounts.saveSession(tx, accountId, kept, sealed);
        }
    }
}
