package dev.keyturn.twofa.db;

import dev.keyturn.service.outbox.Outbox;
import dev.keyturn.wire.Principal;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** The accounts' locks of {@link Outbox}, in a session's transaction. */
final class Locks {

    private Locks() {}

    /**
     * Takes them all, in ascending order, in one statement: the next sees what others committed.
     */
    static Uni<Void> take(Mutiny.Session session, Collection<UUID> accountIds) {
        if (accountIds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Integer[] hashes =
                accountIds.stream().map(Outbox::hash).distinct().sorted().toArray(Integer[]::new);
        return session.createNativeQuery(
                        "select count(l) from (select pg_advisory_xact_lock(:service, h) as l from"
                                + " unnest(cast(:hashes as int[])) with ordinality as t(h, n)"
                                + " order by n) as locks",
                        Long.class)
                .setParameter("service", Principal.TWOFA.lockNumber())
                .setParameter("hashes", hashes)
                .getSingleResult()
                .replaceWithVoid();
    }
}
