package dev.keyturn.twofa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.commands.SubmitCode;
import dev.keyturn.containers.Contents;
import dev.keyturn.containers.InContainers;
import dev.keyturn.replies.CodeGiven;
import dev.keyturn.replies.VerdictGiven;
import dev.keyturn.values.Verdict;
import dev.keyturn.wire.Principal;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TwofaStack.class)
@InContainers
class ContainersTest {

    @Test
    void aCodeIsDecidedOnBrokerAndDatabaseInContainers() {
        assertThat(Contents.provider()).isEqualTo("containers");
        assertThat(Contents.partitions()).isEqualTo(Contents.wanted());
        assertThat(Contents.migrations(Principal.TWOFA)).isPositive();
        Scene scene = Scene.fresh();
        SubmitCode submit = scene.code("123456");
        try (Wire wire = new Wire()) {
            wire.fromWorker(scene.open(), 7);
            wire.fromHome(submit, submit.submissionId(), null);
            assertThat(wire.awaitReply(submit.submissionId(), 1).message())
                    .isInstanceOfSatisfying(
                            VerdictGiven.class,
                            given -> assertThat(given.verdict()).isEqualTo(Verdict.DELIVERED));
            assertThat(wire.awaitReply(scene.challenge(), 1).message())
                    .isInstanceOfSatisfying(
                            CodeGiven.class,
                            given -> assertThat(given.sealed()).isEqualTo(submit.sealed()));
        }
    }
}
