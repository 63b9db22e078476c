package dev.keyturn.worker.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.containers.Contents;
import dev.keyturn.containers.InContainers;
import dev.keyturn.events.RunFinished;
import dev.keyturn.wire.Principal;
import dev.keyturn.worker.testing.Person;
import dev.keyturn.worker.testing.Site;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@InContainers
class ContainersTest extends WorkerIntegration {

    @Test
    void aRunAsksAndGoesOnWithBrokerAndDatabaseInContainers() {
        assertThat(Contents.provider()).isEqualTo("containers");
        assertThat(Contents.partitions()).isEqualTo(Contents.wanted());
        assertThat(Contents.migrations(Principal.WORKER)).isPositive();
        Person ada = person();
        ada.saves("code");
        ada.runs();
        ada.types(0, Site.CODE);
        others.fact(ada.account, RunFinished.class);
        assertThat(site.codes()).containsExactly(Site.CODE);
        awaitIdle();
    }
}
