package dev.keyturn.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.containers.Contents;
import dev.keyturn.containers.InContainers;
import dev.keyturn.home.status.Facts;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.Principal;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stack.class)
@InContainers
class ContainersTest {

    private final Person ada = new Person();

    @Test
    void aCodeIsAskedForAndTakenWithBrokerAndDatabaseInContainers() {
        assertThat(Contents.provider()).isEqualTo("containers");
        assertThat(Contents.partitions()).isEqualTo(Contents.wanted());
        assertThat(Contents.migrations(Principal.HOME)).isPositive();
        UUID account = ada.account();
        Facts f = ada.run(account);
        UUID challenge = UUID.randomUUID();
        ChallengeKey key = ChallengeKey.generate();
        ada.worker(
                f.started(1), f.requested(2, challenge, null, 1, Person.sealTo(f, challenge, key)));
        ada.awaitState(f.run, "WAITING");
        try (Twofa _ = Twofa.says(Verdict.DELIVERED, account)) {
            Client.Answer answer =
                    Twofa.judged(
                            ada.client,
                            "/api/challenges/" + challenge + "/code",
                            Map.of(
                                    "submissionId",
                                    UUID.randomUUID(),
                                    "round",
                                    1,
                                    "sealed",
                                    ChallengeKey.seal(key.publicJwk(), "123456", challenge, 1)));
            assertThat(answer.text("verdict")).isEqualTo("DELIVERED");
        }
    }
}
