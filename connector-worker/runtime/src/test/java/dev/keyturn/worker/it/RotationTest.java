package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.keyturn.commands.RequestRun;
import dev.keyturn.events.RunFinished;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.seal.FleetKey;
import dev.keyturn.seal.FleetKeys;
import dev.keyturn.values.Trigger;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The fleet's keys are changed while a worker works. */
@QuarkusTest
class RotationTest extends WorkerIntegration {

    private static final List<String> KEPT_UNDER_THE_SECRET_KEY =
            List.of(
                    "select kid_of(credentials) from account where account_id = $1",
                    "select kid_of(session) from account where account_id = $1",
                    "select kid_of(sealed) from journal join run using (run_id) where account_id ="
                            + " $1 and sealed is not null",
                    "select kid_of(private_key) from checkpoint join run using (run_id) where"
                            + " account_id = $1 and private_key is not null");

    @Test
    void whatIsKeptGoesUnderTheNewKeyWhileARunWaitsAndItsCodeStillOpens() throws Exception {
        Person ada = person();
        ada.saves("home-then-kept");
        UUID _ = ada.runs();
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        Duration limit = Duration.ofMinutes(5);
        RequestRun _ = ada.runs(Trigger.MANUAL, "scripted", limit, limit, true);
        others.fact(ada.account, TwoFaRequested.class, 1);
        FleetKeys before = FleetKeys.load(privateFile());
        String oldSecret = kid(before, FleetKey.Kind.SECRET);
        KEPT_UNDER_THE_SECRET_KEY.forEach(
                sql -> assertThat(value(sql, ada.account)).as(sql).isEqualTo(oldSecret));
        assertThat(get("/q/keys")).contains(oldSecret);

        // Made two minutes ago: this worker still waits until it has had it for as long as it has
        // to.
        FleetKeys rotated = before.rotated(Instant.now().minus(Duration.ofMinutes(2)));
        rotated.replace(privateFile(), publicFile(), Instant.now(), Duration.ofDays(31));
        String newSecret = kid(rotated, FleetKey.Kind.SECRET);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                KEPT_UNDER_THE_SECRET_KEY.forEach(
                                        sql ->
                                                assertThat(value(sql, ada.account))
                                                        .as(sql)
                                                        .isEqualTo(newSecret)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/q/keys")).doesNotContain(oldSecret));
        ada.types(1, Site.CODE);
        others.fact(ada.account, RunFinished.class, 1);
        assertThat(site.codes()).containsExactly(Site.CODE, Site.CODE);

        // What was sealed to the former public key on its way still opens.
        Person late = new Person(others, before.publicKeys(), site.address());
        late.saves("plain");
        UUID _ = late.runs();
        others.fact(late.account, RunFinished.class);
    }

    private static String kid(FleetKeys keys, FleetKey.Kind kind) {
        return keys.list().stream().filter(k -> k.kind() == kind).findFirst().orElseThrow().kid();
    }

    private static Path privateFile() {
        return ConfigProvider.getConfig().getValue("keyturn.keys.private-file", Path.class);
    }

    private static Path publicFile() {
        return privateFile().resolveSibling("fleet-public.json");
    }
}
