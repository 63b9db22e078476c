package dev.keyturn.home.projection;

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
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

    /** Writes those challenges of a run that are not as they were before. */
    public void save(Tx tx, @Nullable RunStatus before, RunStatus after) {
        Map<UUID, ChallengeStatus> known = new HashMap<>();
        if (before != null) {
            before.challenges().forEach(c -> known.put(c.challengeId(), c));
        }
        after.challenges().stream()
                .filter(c -> c.asked() != null && !c.equals(known.get(c.challengeId())))
                .forEach(c -> save(tx, after, c));
    }

    private void save(Tx tx, RunStatus run, ChallengeStatus challenge) {
        tx.update(
                """
                insert into challenge (id, run_id, account_id, user_id, state, outcome, asked,
                    rejected, jwk, version)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9, nextval('view_version'))
                on conflict (id) do update set state = excluded.state, outcome = excluded.outcome,
                    asked = excluded.asked, rejected = excluded.rejected,
                    version = excluded.version
                    where challenge.run_id = excluded.run_id\
                """,
                challenge.challengeId(),
                run.runId(),
                run.accountId(),
                run.ownerId(),
                challenge.state(),
                challenge.outcome(),
                Rows.text(Objects.requireNonNull(challenge.asked())),
                Optional.ofNullable(challenge.rejected()).map(Rows::text).orElse(null),
                jwk(challenge).map(Rows::text).orElse(null));
    }

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
