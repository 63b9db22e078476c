package dev.keyturn.twofa;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.keyturn.seal.Envelope;
import dev.keyturn.twofa.challenge.Challenge;
import dev.keyturn.twofa.challenge.Decider;
import dev.keyturn.wire.Message;
import dev.keyturn.wire.ReplyAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {

    private static final String PURE = "dev.keyturn.twofa.challenge..";

    private static final String ROW = "dev.keyturn.twofa.db.ChallengeRow";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.keyturn.twofa");

    private static final DescribedPredicate<JavaClass> THE_CONTRACT =
            resideInAnyPackage(
                            "java.lang..",
                            "java.util..",
                            "java.time..",
                            "java.nio.charset",
                            "org.jspecify..",
                            "dev.keyturn.commands..",
                            "dev.keyturn.events..",
                            "dev.keyturn.replies..",
                            "dev.keyturn.values..",
                            PURE)
                    .or(assignableTo(Message.class))
                    .or(assignableTo(ReplyAddress.class))
                    .or(assignableTo(Envelope.class))
                    .as("the events and plain Java");

    private static final ArchRule PURE_KNOWS_ONLY_THE_CONTRACT =
            classes()
                    .that()
                    .resideInAPackage(PURE)
                    .should()
                    .onlyDependOnClassesThat(THE_CONTRACT)
                    .because(
                            "a decision is the same wherever it is made: hand in what is needed"
                                    + " (`now`, what was given before) and do I/O in `.kafka`"
                                    + " and `.db`");

    private static final ArchRule PURE_ASKS_NO_CLOCK =
            noClasses()
                    .that()
                    .resideInAPackage(PURE)
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(UUID.class, "randomUUID")
                    .orShould()
                    .dependOnClassesThat(assignableTo(Clock.class))
                    .because("time and ids are data: take `now` as an argument, derive ids");

    private static final ArchRule STATES_COME_FROM_TRANSITIONS =
            noClasses()
                    .that(
                            not(resideInAPackage(PURE))
                                    .and(not(describe("the row", c -> ROW.equals(c.getName())))))
                    .should()
                    .callConstructorWhere(
                            JavaConstructorCall.Predicates.target(
                                    owner(assignableTo(Challenge.class))))
                    .because(
                            "a record's constructor is public, but a state comes from a transition"
                                    + " of the one before it, or from the row that it was stored"
                                    + " in");

    @Test
    void decisionsKnowOnlyTheContract() {
        PURE_KNOWS_ONLY_THE_CONTRACT.check(CLASSES);
    }

    @Test
    void decisionsAskNoClock() {
        PURE_ASKS_NO_CLOCK.check(CLASSES);
    }

    @Test
    void statesAreMadeByTransitionsOnly() {
        STATES_COME_FROM_TRANSITIONS.check(CLASSES);
    }

    @Test
    void theRulesSeeTheClassesThatTheyAreAbout() {
        assertThat(CLASSES.that(resideInAPackage(PURE)))
                .extracting(JavaClass::getName)
                .contains(Decider.class.getName(), Challenge.Open.class.getName());
    }
}
