package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.events.RunFailed;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRejected;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.seal.Binding;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.FleetKeys;
import dev.keyturn.seal.SealedKind;
import dev.keyturn.values.RejectedBy;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Somebody who can write to the database, but has no key of the fleet, plants what he likes. */
@QuarkusTest
class PlantedTest extends WorkerIntegration {

    @Test
    void aKeyThatTheFleetDidNotSealOpensNoCodeAndItIsCounted() {
        double before = refused("code");
        Person ada = person();
        ada.saves("code");
        UUID run = ada.runs();
        UUID challenge = others.fact(ada.account, TwoFaRequested.class).challengeId();
        change(
                "update checkpoint set private_key = $2 where challenge_id = $1",
                challenge,
                FleetKeys.generate()
                        .seal(
                                SealedKind.CHALLENGE_KEY,
                                Binding.challengeKey(run, challenge),
                                bytes(ChallengeKey.generate().privateJson())));
        // The worker that made the key has it in memory; who adopts the run reads what stands
        // there.
        givenTo(run, otherInstance("gone", "now() - interval '1 second'"));
        others.asked(ada.account, 1);
        ada.types(0, Site.CODE);
        assertThat(others.fact(ada.account, TwoFaRejected.class).by()).isEqualTo(RejectedBy.WORKER);
        others.fact(ada.account, TwoFaRequested.class, 1);
        ada.cancels(run);
        others.fact(ada.account, RunFailed.class);
        assertThat(site.codes()).isEmpty();
        assertThat(refused("code")).isEqualTo(before + 1);
        awaitIdle();
    }

    @Test
    void aSessionOfAnotherAccountIsNotUsedAndItIsCounted() {
        double before = refused("session");
        Person mallory = connected();
        Person ada = connected();
        change(
                "update account set session = (select session from account where account_id = $2)"
                        + " where account_id = $1",
                ada.account,
                mallory.account);
        UUID run = ada.runs();
        ada.types(1, Site.CODE);
        others.fact(ada.account, RunFinished.class, 1);
        assertThat(others.names(run)).contains("TwoFaRequested");
        assertThat(refused("session")).isEqualTo(before + 1);
        awaitIdle();
    }

    private Person connected() {
        Person person = person();
        person.saves("kept");
        UUID _ = person.runs();
        person.types(0, Site.CODE);
        others.fact(person.account, RunFinished.class);
        return person;
    }

    private double refused(String kind) {
        return count("keyturn.worker.sealed.refused", "kind", kind);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
