package dev.keyturn.home.projection;

import dev.keyturn.service.db.Tx;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Accounts of which something changed: each gets a version, and all instances are told. */
public final class Changes {

    /** Where accounts that changed are named, by id, with commas between. */
    public static final String CHANNEL = "keyturn_home_accounts";

    /** In place of ids: too many, look at all. */
    public static final String ALL = "*";

    /** In place of ids: the catalogue changed. */
    public static final String CATALOG = "catalog";

    /** A payload must stay below 8000 bytes. */
    private static final int MOST = 200;

    private Changes() {}

    /** To be called once, at the transaction's end: a notice locks the whole cluster. */
    public static void tell(Tx tx, Collection<UUID> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        Set<UUID> ids = Set.copyOf(accounts);
        tx.update(
                "update account set version = nextval('view_version') where id = any($1)",
                (Object) ids.toArray(UUID[]::new));
        tx.notify(
                CHANNEL,
                ids.size() > MOST
                        ? ALL
                        : ids.stream().map(UUID::toString).collect(Collectors.joining(",")));
    }

    /** Tells that what can be signed in to has changed. */
    public static void tellCatalog(Tx tx) {
        tx.notify(CHANNEL, CATALOG);
    }
}
