package dev.keyturn.systemtests;

import static dev.keyturn.systemtests.Patience.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.FleetKeys;
import dev.keyturn.seal.FleetPublicKeys;
import dev.keyturn.seal.SealTo;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.Prompt;
import dev.keyturn.wire.Principal;
import dev.keyturn.wire.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was planted on Kafka by somebody without the fleet's keys is not used, and is seen. */
@InTheWorld
class IntruderIT {

    private static World world;
    private static Intruder intruder;

    @BeforeAll
    static void start() {
        world = World.withoutKeycloak();
        intruder = new Intruder(world.stackSettings());
    }

    @Test
    void promptWhoseKeyTheFleetDidNotSignIsNotShown() {
        Person person = world.person("planted");
        UUID account = person.addSandbox("ada-1201");
        UUID run = person.run(account);
        UUID real = person.challenge(run).id();
        double before = metric("home", "keyturn_home_prompts_withheld_total");

        UUID planted = UUID.randomUUID();
        SealTo his = new SealTo(planted, run, account, ChallengeKey.generate().publicJwk());
        intruder.write(
                Principal.WORKER,
                Topics.EVENTS,
                new TwoFaRequested(
                        UUID.randomUUID(),
                        person.id(),
                        account,
                        run,
                        1,
                        Instant.now(),
                        planted,
                        1,
                        null,
                        1,
                        new Prompt(
                                FactorType.SMS,
                                "••42",
                                null,
                                null,
                                List.of(),
                                null,
                                List.of(),
                                null,
                                null),
                        Instant.now().plusSeconds(180),
                        null,
                        FleetKeys.generate().signSealTo(his)));

        awaiting("the prompt is withheld")
                .untilAsserted(
                        () -> {
                            assertThat(metric("home", "keyturn_home_prompts_withheld_total"))
                                    .isGreaterThan(before);
                            assertThat(person.account(account).status()).isEqualTo("PAUSED");
                            assertThat(world.log("home")).contains(planted.toString());
                        });
        assertThat(person.home().openChallenges()).extracting(c -> c.id()).doesNotContain(planted);
        assertThat(real).isNotEqualTo(planted);
    }

    @Test
    void credentialsAimedAtAnotherConnectorAreRefused() {
        Person person = world.person("aimed");
        UUID account = person.addSandbox("emil-1202");
        assertThat(person.end(person.run(account)).state()).isEqualTo("DONE");
        double before = credentialsRefused();
        String sealed =
                FleetPublicKeys.parse(person.home().keys())
                        .sealCredentials(
                                Map.of("login", "emil", "password", "sandbox"),
                                account,
                                "keycloak");
        intruder.write(
                Principal.HOME,
                Topics.RUNS,
                new SaveCredentials(
                        UUID.randomUUID(),
                        person.id(),
                        account,
                        Instant.now(),
                        "sandbox",
                        7,
                        sealed));
        awaiting("the credentials are refused")
                .untilAsserted(
                        () -> {
                            assertThat(credentialsRefused()).isGreaterThan(before);
                            assertThat(world.log("worker-1") + world.log("worker-2"))
                                    .contains(account.toString());
                            assertThat(person.account(account).credentials()).isEqualTo("REFUSED");
                        });
    }

    @Test
    void credentialsThatHomeDidNotSendPauseTheAccount() {
        Person person = world.person("swapped");
        UUID account = person.addSandbox("emil-1203");
        assertThat(person.end(person.run(account)).state()).isEqualTo("DONE");
        String sealed =
                FleetPublicKeys.parse(person.home().keys())
                        .sealCredentials(
                                Map.of("login", "emil-1204", "password", "sandbox"),
                                account,
                                "sandbox");
        intruder.write(
                Principal.HOME,
                Topics.RUNS,
                new SaveCredentials(
                        UUID.randomUUID(),
                        person.id(),
                        account,
                        Instant.now(),
                        "sandbox",
                        7,
                        sealed));
        awaiting("the account is paused")
                .untilAsserted(
                        () -> assertThat(person.account(account).status()).isEqualTo("PAUSED"));
    }

    private static double credentialsRefused() {
        return metric("worker-1", "keyturn_worker_credentials_refused_total")
                + metric("worker-2", "keyturn_worker_credentials_refused_total");
    }

    private static double metric(String process, String name) {
        return world.metric(process, name);
    }
}
