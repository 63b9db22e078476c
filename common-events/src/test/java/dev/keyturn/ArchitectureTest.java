package dev.keyturn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.keyturn.wire.Topics;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

@AnalyzeClasses(packages = "dev.keyturn", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] MESSAGES = {
        "dev.keyturn.events..",
        "dev.keyturn.commands..",
        "dev.keyturn.replies..",
        "dev.keyturn.catalog..",
        "dev.keyturn.values.."
    };

    @ArchTest
    static final ArchRule THE_CONTRACT_KNOWS_NO_FRAMEWORK =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.quarkus..",
                            "jakarta..",
                            "javax.inject..",
                            "io.smallrye..",
                            "io.vertx..",
                            "org.eclipse.microprofile..")
                    .because(
                            "terminals, tests and other languages' tools use the contract too; put"
                                    + " what needs a container into common-service");

    @ArchTest
    static final ArchRule MESSAGES_ARE_DATA =
            classes()
                    .that()
                    .resideInAnyPackage(MESSAGES)
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "com.fasterxml.jackson.annotation..",
                            "org.jspecify.annotations..",
                            "dev.keyturn.events..",
                            "dev.keyturn.commands..",
                            "dev.keyturn.replies..",
                            "dev.keyturn.catalog..",
                            "dev.keyturn.values..",
                            "dev.keyturn.wire..")
                    .because(
                            "a message is read by everybody: put what writes, sends or seals it"
                                    + " into dev.keyturn.wire or dev.keyturn.seal");

    @ArchTest
    static final ArchRule OF_THE_WIRE_MESSAGES_KNOW_ONLY_THAT_THEY_TRAVEL =
            noClasses()
                    .that()
                    .resideInAnyPackage(MESSAGES)
                    .should()
                    .dependOnClassesThat(
                            com.tngtech.archunit.base.DescribedPredicate.describe(
                                    "reside in dev.keyturn.wire and are not Message",
                                    type ->
                                            type.getPackageName().equals("dev.keyturn.wire")
                                                    && !type.getSimpleName().equals("Message")))
                    .because("the codec knows the messages, not the other way round");

    @ArchTest
    static void theRulesSeeTheClasses(JavaClasses all) {
        Set<String> packages =
                all.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        assertThat(packages)
                .containsAll(
                        List.of(
                                "dev.keyturn.catalog",
                                "dev.keyturn.commands",
                                "dev.keyturn.events",
                                "dev.keyturn.replies",
                                "dev.keyturn.seal",
                                "dev.keyturn.values",
                                "dev.keyturn.wire"));
        assertThat(all.contain(Topics.class)).isTrue();
        assertThat(all.size()).isGreaterThan(80);
    }

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses all) {
        assertThat(all.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(
                        p ->
                                assertThat(
                                                p.isAnnotatedWith(
                                                        org.jspecify.annotations.NullMarked.class))
                                        .as(p.getName())
                                        .isTrue());
    }
}
