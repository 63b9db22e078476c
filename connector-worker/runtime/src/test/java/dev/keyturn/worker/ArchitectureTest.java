package dev.keyturn.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String[] PURE = {
        "dev.keyturn.worker.run",
        "dev.keyturn.worker.challenge",
        "dev.keyturn.worker.journal",
        "dev.keyturn.worker.budget"
    };

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.keyturn.worker");

    @Test
    void theRulesSeeClasses() {
        for (String pure : PURE) {
            assertThat(CLASSES.stream().filter(c -> c.getPackageName().equals(pure)))
                    .hasSizeGreaterThan(2);
        }
    }

    @Test
    void pureCodeSeesTheContractAndTheSdkOnly() {
        classes()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.time..",
                        "java.util..",
                        "java.nio.charset..",
                        "org.jspecify..",
                        "dev.keyturn.sdk..",
                        "dev.keyturn.events..",
                        "dev.keyturn.commands..",
                        "dev.keyturn.replies..",
                        "dev.keyturn.values..",
                        "dev.keyturn.seal..",
                        "dev.keyturn.wire..",
                        "dev.keyturn.worker.run..",
                        "dev.keyturn.worker.challenge..",
                        "dev.keyturn.worker.budget..",
                        "dev.keyturn.worker.journal..")
                .because("these rules are tested without I/O: pass in what they need")
                .check(CLASSES);
    }

    @Test
    void pureCodeHasNoClockAndNoChance() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .because("time and chance are arguments: pass now and ids in")
                .check(CLASSES);
    }

    @Test
    void httpAndDocumentsKnowNothingOfRuns() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.keyturn.worker.http", "dev.keyturn.worker.documents")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.keyturn.worker.run..",
                        "dev.keyturn.worker.execution..",
                        "dev.keyturn.worker.store..",
                        "dev.keyturn.service..")
                .because("a RequestGate is all that a session sees of a run")
                .check(CLASSES);
    }

    @Test
    void onlyTheStoreWritesSql() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.keyturn.worker..")
                .and()
                .resideOutsideOfPackages("dev.keyturn.worker.store", "dev.keyturn.worker.lease")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.mutiny.sqlclient..")
                .because("a table's statements stand in its class in dev.keyturn.worker.store")
                .check(CLASSES);
    }
}
