package dev.keyturn.worker.store;

import dev.keyturn.seal.Binding;
import dev.keyturn.seal.SealedKind;
import dev.keyturn.service.db.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is sealed under the fleet's keys, in whatever table, by the key that it names. */
@ApplicationScoped
public class SealedTexts {

    /**
     * How much names a key.
     *
     * @param accounts that have something which names it
     * @param texts all of them
     */
    public record Named(String kid, long accounts, long texts) {}

    /**
     * Where a text stands.
     *
     * @param id of its row: an account, a run or a challenge
     * @param position in the journal; 0 elsewhere
     */
    public record Place(SealedKind kind, Binding binding, UUID id, int position) {

        private String column() {
            return switch (kind) {
                case KEPT -> "credentials";
                case SESSION -> "session";
                case STEP -> "sealed";
                case CHALLENGE_KEY -> "private_key";
                case CODE, CREDENTIALS -> throw new IllegalStateException(kind + ": is not kept");
            };
        }

        private String table() {
            return switch (kind) {
                case KEPT, SESSION -> "account";
                case STEP -> "journal";
                case CHALLENGE_KEY -> "checkpoint";
                case CODE, CREDENTIALS -> throw new IllegalStateException(kind + ": is not kept");
            };
        }

        private String row() {
            return switch (kind) {
                case KEPT, SESSION -> "account_id = $1 and $2::int = 0";
                case STEP -> "run_id = $1 and position = $2";
                case CHALLENGE_KEY -> "challenge_id = $1 and $2::int = 0";
                case CODE, CREDENTIALS -> throw new IllegalStateException(kind + ": is not kept");
            };
        }
    }

    /** Of every key that is named anywhere. */
    public List<Named> named(Tx tx) {
        return tx
                .list(
                        """
                        select kid, count(distinct account_id) as accounts, count(*) as texts from (
                            select account_id, kid_of(credentials) as kid from account
                            where credentials is not null
                            union all
                            select account_id, kid_of(session) from account where session is not null
                            union all
                            select r.account_id, kid_of(j.sealed)
                            from journal j join run r on r.run_id = j.run_id where j.sealed is not null
                            union all
                            select r.account_id, kid_of(c.private_key)
                            from checkpoint c join run r on r.run_id = c.run_id
                            where c.private_key is not null
                            union all
                            select r.account_id, kid_of(c.seal_to)
                            from checkpoint c join run r on r.run_id = c.run_id
                            where c.private_key is not null
                        ) as texts group by kid order by kid
                        """)
                .stream()
                .map(
                        row ->
                                new Named(
                                        row.getString("kid"),
                                        row.getLong("accounts"),
                                        row.getLong("texts")))
                .toList();
    }

    /** What is sealed with one of these secret keys, without the texts. */
    public List<Place> sealedWith(Tx tx, Collection<String> kids, int limit) {
        return tx
                .list(
                        """
                        (select 'KEPT' as kind, account_id as id, 0 as position, connector as name,
                                0::bigint as version, account_id as of
                         from account where credentials is not null and kid_of(credentials) = any($1)
                         limit $2)
                        union all
                        (select 'SESSION', account_id, 0, '', session_version, account_id
                         from account where session is not null and kid_of(session) = any($1)
                         limit $2)
                        union all
                        (select 'STEP', run_id, position, position || '/' || name, 0, run_id
                         from journal where sealed is not null and kid_of(sealed) = any($1)
                         limit $2)
                        union all
                        (select 'CHALLENGE_KEY', challenge_id, 0, '', 0, run_id
                         from checkpoint where private_key is not null and kid_of(private_key) = any($1)
                         limit $2)
                        """,
                        kids.toArray(String[]::new),
                        limit)
                .stream()
                .map(SealedTexts::place)
                .toList();
    }

    private static Place place(Row row) {
        SealedKind kind = SealedKind.valueOf(row.getString("kind"));
        UUID id = row.getUUID("id");
        String name = row.getString("name");
        Binding binding =
                switch (kind) {
                    case KEPT -> Binding.credentials(id, name);
                    case SESSION -> Binding.session(id, row.getLong("version"));
                    case STEP -> Binding.step(id, name);
                    case CHALLENGE_KEY -> Binding.challengeKey(row.getUUID("of"), id);
                    case CODE, CREDENTIALS ->
                            throw new IllegalStateException(kind + ": is not kept");
                };
        return new Place(kind, binding, id, row.getInteger("position"));
    }

    /** The text as it is now, if it has not gone. */
    public Optional<String> read(Tx tx, Place place) {
        return tx.first(
                        "select %s as text from %s where %s"
                                .formatted(place.column(), place.table(), place.row()),
                        place.id(),
                        place.position())
                .flatMap(row -> Optional.ofNullable(Rows.textOrNull(row, "text")));
    }

    /** Puts another text in its place, if it is still the one that was read. */
    public boolean replace(Tx tx, Place place, String read, String resealed) {
        return tx.update(
                        "update %s set %s = $4 where %s and %s = $3"
                                .formatted(
                                        place.table(), place.column(), place.row(), place.column()),
                        place.id(),
                        place.position(),
                        read,
                        resealed)
                == 1;
    }
}
