package dev.keyturn.home.projection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.home.keys.FleetKeysFile;
import dev.keyturn.home.status.ChallengeState;
import dev.keyturn.home.status.ChallengeStatus;
import dev.keyturn.home.status.RunStatus;
import dev.keyturn.home.view.Rows;
import dev.keyturn.seal.SealException;
import dev.keyturn.seal.SealTo;
import dev.keyturn.service.db.Tx;
import dev.keyturn.values.FactorType;
import dev.keyturn.wire.Json;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Challenges as they are shown: none whose key the fleet did not sign for it. */
@ApplicationScoped
public class Prompts {

    private static final Logger LOG = Logger.getLogger(Prompts.class);

    private final FleetKeysFile keys;
    private final Counter withheld;

    Prompts(FleetKeysFile keys, MeterRegistry metrics) {
        this.keys = keys;
        this.withheld = metrics.counter("keyturn.home.prompts.withheld");
    }

    /** Whether the fleet asks: the key is signed, for this challenge of this run and account. */
    public boolean isGenuine(TwoFaRequested fact) {
        if (fact.sealTo() == null) {
            // An approval has no code that could be sealed to somebody else.
            return isApproval(fact) || withhold(fact, "sealTo: must be there");
        }
        try {
            SealTo signed = keys.current().verify(fact.sealTo());
            boolean isOfThis =
                    signed.challengeId().equals(fact.challengeId())
                            && signed.runId().equals(fact.runId())
                            && signed.accountId().equals(fact.accountId());
            return isOfThis || withhold(fact, "sealTo: must be of this challenge");
        } catch (SealException e) {
            return withhold(fact, String.valueOf(e.getMessage()));
        }
    }

    /**
     * Writes those challenges of runs that are not as they were, in one statement.
     *
     * @param before the runs as they are stored, by id
     */
    public void save(Tx tx, Map<UUID, RunStatus> before, Collection<RunStatus> after) {
        ArrayNode changed = Json.mapper().createArrayNode();
        Set<UUID> written = new HashSet<>();
        for (RunStatus run : after) {
            Map<UUID, ChallengeStatus> known = asked(before.get(run.runId()));
            for (ChallengeStatus challenge : asked(run).values()) {
                @Nullable ChallengeStatus stored = known.get(challenge.challengeId());
                // A planted one may name another run's challenge: it stays with whose it was first.
                if (!challenge.equals(stored) && written.add(challenge.challengeId())) {
                    describe(changed.addObject(), run, challenge, stored == null);
                }
            }
        }
        if (!changed.isEmpty()) {
            tx.update(SAVE, changed.toString());
        }
    }

    private static Map<UUID, ChallengeStatus> asked(@Nullable RunStatus run) {
        Map<UUID, ChallengeStatus> asked = new LinkedHashMap<>();
        if (run != null) {
            run.challenges().stream()
                    .filter(c -> c.asked() != null)
                    .forEach(c -> asked.put(c.challengeId(), c));
        }
        return asked;
    }

    private void describe(ObjectNode row, RunStatus run, ChallengeStatus challenge, boolean isNew) {
        row.put("id", challenge.challengeId().toString());
        row.put("run_id", run.runId().toString());
        row.put("account_id", run.accountId().toString());
        row.put("user_id", run.ownerId().toString());
        row.put("state", challenge.state().name());
        row.put("outcome", challenge.outcome() == null ? null : challenge.outcome().name());
        row.put("asked", Rows.text(Objects.requireNonNull(challenge.asked())));
        row.put("rejected", challenge.rejected() == null ? null : Rows.text(challenge.rejected()));
        if (isNew) {
            row.put("jwk", jwk(challenge).map(Rows::text).orElse(null));
        }
    }

    /** A challenge keeps the key that it was first written with. */
    private static final String SAVE =
            """
            insert into challenge (id, run_id, account_id, user_id, state, outcome, asked,
                rejected, jwk, version)
            select id, run_id, account_id, user_id, state, outcome, asked, rejected, jwk,
                nextval('view_version')
            from json_to_recordset($1::text::json) as c(id uuid, run_id uuid, account_id uuid,
                user_id uuid, state text, outcome text, asked text, rejected text, jwk text)
            on conflict (id) do update set state = excluded.state, outcome = excluded.outcome,
                asked = excluded.asked, rejected = excluded.rejected,
                version = excluded.version
                where challenge.run_id = excluded.run_id\
            """;

    /** The signature was verified when the fact was applied; an ended one's key may be gone. */
    private Optional<Map<String, Object>> jwk(ChallengeStatus challenge) {
        String sealTo = Objects.requireNonNull(challenge.asked()).sealTo();
        if (sealTo == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(keys.current().verify(sealTo).jwk());
        } catch (SealException e) {
            if (challenge.state() == ChallengeState.OPEN) {
                LOG.warnf(
                        "The key of an open challenge is signed by a key that the fleet has not"
                                + " any more: challengeId=%s cause=%s",
                        challenge.challengeId(), e.getMessage());
            }
            return Optional.empty();
        }
    }

    private static boolean isApproval(TwoFaRequested fact) {
        return fact.prompt().type().kind() == FactorType.Kind.APPROVAL;
    }

    private boolean withhold(TwoFaRequested fact, String why) {
        withheld.increment();
        LOG.errorf(
                "A request for a code is not shown, its key is not the fleet's: accountId=%s"
                        + " runId=%s challengeId=%s why=%s",
                fact.accountId(), fact.runId(), fact.challengeId(), why);
        return false;
    }
}
