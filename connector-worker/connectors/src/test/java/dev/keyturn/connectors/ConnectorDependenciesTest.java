package dev.keyturn.connectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.keyturn.sdk.Connector;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ConnectorDependenciesTest {

    private static final JavaClasses CONNECTORS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.keyturn.connectors");

    @Test
    void connectorsNeedTheSdkOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.jspecify..", "dev.keyturn.sdk..", "dev.keyturn.connectors..")
                .because(
                        "a connector's class loader shows it nothing else; what connectors need in"
                                + " common belongs into the SDK")
                .check(CONNECTORS);
        assertThat(CONNECTORS)
                .extracting("simpleName")
                .contains("KeycloakConnector", "SandboxConnector");
    }

    @Test
    void connectorsDoNotKnowEachOther() {
        slices().matching("dev.keyturn.connectors.(*)..")
                .should()
                .notDependOnEachOther()
                .because("each may be left out of a worker")
                .check(CONNECTORS);
    }

    @Test
    void allAreFoundByTheirService() {
        assertThat(ServiceLoader.load(Connector.class))
                .extracting(connector -> connector.info().slug())
                .containsExactlyInAnyOrder("keycloak", "sandbox");
    }
}
