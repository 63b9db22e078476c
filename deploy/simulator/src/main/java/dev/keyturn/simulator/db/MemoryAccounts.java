package dev.keyturn.simulator.db;

import dev.keyturn.service.db.Tx;
import dev.keyturn.worker.store.AccountTable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table {@code account}. */
public final class MemoryAccounts extends AccountTable {

    /** A row. */
    record Stored(
            UUID ownerId,
            State state,
            @Nullable String connector,
            long version,
            @Nullable String sha256,
            @Nullable Kept kept,
            @Nullable UUID eraseCommand,
            boolean eraseDocuments) {

        Stored withKept(Kept next) {
            return new Stored(
                    ownerId, state, connector, version, sha256, next, eraseCommand, eraseDocuments);
        }
    }

    private final Rows<UUID, Stored> rows = new Rows<>();

    Optional<Stored> row(UUID accountId) {
        return rows.find(accountId);
    }

    @Override
    public Optional<Account> find(Tx tx, UUID accountId) {
        return rows.find(accountId)
                .map(
                        r ->
                                new Account(
                                        r.ownerId(),
                                        r.state(),
                                        r.connector(),
                                        r.version(),
                                        r.sha256(),
                                        r.eraseDocuments()));
    }

    @Override
    public void ensure(Tx tx, UUID accountId, UUID ownerId) {
        boolean _ =
                rows.insert(
                        tx,
                        accountId,
                        new Stored(ownerId, State.ACTIVE, null, 0, null, null, null, false));
    }

    @Override
    public void keep(
            Tx tx, UUID accountId, String connector, long version, String sealed, String sha256) {
        Stored r = there(accountId);
        if (r.state() == State.ACTIVE) {
            long generation = r.kept() == null ? 1 : r.kept().sessionGeneration() + 1;
            rows.put(
                    tx,
                    accountId,
                    new Stored(
                            r.ownerId(),
                            r.state(),
                            connector,
                            version,
                            sha256,
                            new Kept(sealed, version, null, null, generation),
                            null,
                            false));
        }
    }

    @Override
    public void refuse(Tx tx, UUID accountId, long version) {
        throw new UnsupportedOperationException("The simulator has no credentials to refuse");
    }

    @Override
    public Map<UUID, Kept> kept(Tx tx, Collection<UUID> accountIds) {
        return accountIds.stream()
                .collect(
                        Collectors.toMap(id -> id, id -> Objects.requireNonNull(there(id).kept())));
    }

    @Override
    public void saveSession(Tx tx, UUID accountId, Kept madeWith, String sealed) {
        Stored r = there(accountId);
        @Nullable Kept now = r.kept();
        if (r.state() == State.ACTIVE
                && now != null
                && now.version() == madeWith.version()
                && now.sessionGeneration() == madeWith.sessionGeneration()) {
            rows.put(
                    tx,
                    accountId,
                    r.withKept(
                            new Kept(
                                    now.credentials(),
                                    now.version(),
                                    sealed,
                                    madeWith.version(),
                                    now.sessionGeneration())));
        }
    }

    @Override
    public void forgetSession(Tx tx, UUID accountId) {
        Stored r = there(accountId);
        Kept now = Objects.requireNonNull(r.kept());
        rows.put(
                tx,
                accountId,
                r.withKept(
                        new Kept(
                                now.credentials(),
                                now.version(),
                                null,
                                null,
                                now.sessionGeneration() + 1)));
    }

    @Override
    public void erasing(Tx tx, UUID accountId, UUID commandId, boolean documents) {
        Stored r = there(accountId);
        rows.put(
                tx,
                accountId,
                new Stored(
                        r.ownerId(),
                        State.ERASING,
                        r.connector(),
                        r.version(),
                        r.sha256(),
                        r.kept(),
                        commandId,
                        r.eraseDocuments() || documents));
    }

    @Override
    public List<UUID> erasable(Tx tx, int limit) {
        return List.of();
    }

    @Override
    public Optional<Erasing> erasing(Tx tx, UUID accountId) {
        return Optional.empty();
    }

    @Override
    public void erased(Tx tx, UUID accountId, Instant now) {
        throw new UnsupportedOperationException("The simulator erases no account");
    }

    private Stored there(UUID accountId) {
        return Objects.requireNonNull(rows.get(accountId), "account: must be there");
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}
