package dev.keyturn.home;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses HOME =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.keyturn.home");

    @Test
    void statusIsPure() {
        classes()
                .that()
                .resideInAPackage("dev.keyturn.home.status")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "dev.keyturn.home.status",
                        "dev.keyturn.events",
                        "dev.keyturn.values",
                        "org.jspecify..")
                .because("it folds facts and the time that it is given; read and write elsewhere")
                .check(HOME);
        noClasses()
                .that()
                .resideInAPackage("dev.keyturn.home.status")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class)
                .because("time is data: pass now as an argument")
                .check(HOME);
    }

    @Test
    void theRuleSeesClasses() {
        assertThat(HOME.stream().filter(c -> c.getPackageName().equals("dev.keyturn.home.status")))
                .hasSizeGreaterThan(5);
    }

    @Test
    void whatIsProjectedKnowsNothingOfHttp() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.keyturn.home.projection",
                        "dev.keyturn.home.view",
                        "dev.keyturn.home.status")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.keyturn.home.web", "jakarta.ws.rs..", "io.vertx.ext.web..")
                .because("views are read by the API and the stream alike")
                .check(HOME);
    }

    @Test
    void onlyPeopleMakeCommands() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.keyturn.home.projection", "dev.keyturn.home.view")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.keyturn.commands")
                .because("reading the log again must send nothing")
                .check(HOME);
    }
}
