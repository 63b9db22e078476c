package dev.keyturn.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PurityTest {
    private static final String[] PURE = {
        "dev.keyturn.sandbox.users",
        "dev.keyturn.sandbox.code",
        "dev.keyturn.sandbox.phone",
        "dev.keyturn.sandbox.audit",
        "dev.keyturn.sandbox.signin",
        "dev.keyturn.sandbox.statements"
    };
    private static final String BECAUSE =
            "a rule that does I/O or looks at a clock cannot be tested to the millisecond: pass"
                    + " the time, or a port such as Codes";

    private final JavaClasses all =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.keyturn.sandbox");

    @Test
    void rulesOfTheSiteKnowNothingOfTheWeb() {
        classes()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed())
                .because(BECAUSE)
                .check(all);
    }

    @Test
    void rulesOfTheSiteAreTold() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .because(BECAUSE)
                .check(all);
    }

    @Test
    void everyPurePackageIsSeen() {
        for (var name : PURE) {
            assertThat(all.stream().anyMatch(each -> each.getPackageName().equals(name)))
                    .as(name)
                    .isTrue();
        }
    }

    private static String[] allowed() {
        var libraries =
                new String[] {
                    "java.lang..",
                    "java.util..",
                    "java.time..",
                    "java.security..",
                    "java.nio.charset..",
                    "java.io",
                    "javax.crypto..",
                    "org.jspecify..",
                    "com.eatthepath.otp..",
                    "org.openpdf.."
                };
        var allowed = new String[PURE.length + libraries.length];
        System.arraycopy(PURE, 0, allowed, 0, PURE.length);
        System.arraycopy(libraries, 0, allowed, PURE.length, libraries.length);
        return allowed;
    }
}
