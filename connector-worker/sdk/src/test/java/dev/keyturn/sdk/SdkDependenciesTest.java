package dev.keyturn.sdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class SdkDependenciesTest {

    private static final JavaClasses SDK =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.keyturn.sdk");

    @Test
    void theSdkNeedsTheJdkOnly() {
        ArchRule rule =
                classes()
                        .should()
                        .onlyDependOnClassesThat()
                        .resideInAnyPackage("java..", "org.jspecify..", "dev.keyturn.sdk..")
                        .because(
                                "a connector sees the SDK and nothing else; what needs a library"
                                        + " belongs behind an interface, into the worker's"
                                        + " runtime");

        rule.check(SDK);
        assertThat(SDK).extracting("simpleName").contains("Connector", "Login", "Page", "Session");
    }

    @Test
    void neitherKafkaNorQuarkusIsOnTheClassPath() {
        for (String name :
                new String[] {
                    "org.apache.kafka.clients.producer.Producer",
                    "io.quarkus.runtime.Quarkus",
                    "org.eclipse.microprofile.config.Config",
                    "org.jsoup.Jsoup",
                    "io.vertx.core.Vertx"
                }) {
            assertThatThrownBy(() -> Class.forName(name))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }
}
