package dev.keyturn.worker.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.sdk.Choice;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.sdk.TwoFaType;
import dev.keyturn.values.CodeFormat;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.FormatKind;
import dev.keyturn.values.Prompt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AskingRulesTest {

    private static final Instant DEADLINE = Instant.parse("2026-01-01T10:03:00Z");

    @Test
    void itIsAskedAgainFiveSecondsAfterTheDeadlineAndThenEveryThirty() {
        AskAgain first = AskAgain.after(DEADLINE);
        Instant due = DEADLINE.plusSeconds(5);
        assertThat(first.isDue(due.minusNanos(1))).isFalse();
        assertThat(first.isDue(due)).isTrue();
        AskAgain second = first.asked(due, DEADLINE);
        assertThat(second).isEqualTo(new AskAgain(due.plusSeconds(30)));
        assertThat(second.asked(due.plusSeconds(31), DEADLINE))
                .isEqualTo(new AskAgain(due.plusSeconds(61)));
    }

    @Test
    void askingBeforeTheDeadlineDoesNotChangeWhenItIsAskedAfterIt() {
        assertThat(AskAgain.after(DEADLINE).asked(DEADLINE.minusSeconds(60), DEADLINE))
                .isEqualTo(AskAgain.after(DEADLINE));
    }

    @Test
    void aPauseEndsWhenItIsTimeToAskAndIsNeverLongerThanAllowed() {
        AskAgain again = AskAgain.after(DEADLINE);
        Duration longest = Duration.ofSeconds(5);
        assertThat(again.pause(DEADLINE.minusSeconds(60), longest)).isEqualTo(longest);
        assertThat(again.pause(DEADLINE.plusSeconds(3), longest)).isEqualTo(Duration.ofSeconds(2));
        assertThat(again.pause(DEADLINE.plusSeconds(9), longest)).isEqualTo(Duration.ZERO);
    }

    @Test
    void theSixthCodeThatTheWorkerRefusesInARunCountsAsWrong() {
        assertThat(Refusals.counts(5)).isFalse();
        assertThat(Refusals.counts(6)).isTrue();
    }

    @Test
    void aPromptSaysWhatTheConnectorSaid() {
        TwoFaOptions options =
                TwoFaOptions.of(TwoFaType.SMS)
                        .to("••42")
                        .prompt("Type it")
                        .digits(6)
                        .wrongCodesLeft(3);
        assertThat(Prompts.of(options, words -> words))
                .isEqualTo(
                        new Prompt(
                                FactorType.SMS,
                                "••42",
                                "Type it",
                                new CodeFormat(FormatKind.DIGITS, 6, 6),
                                List.of(),
                                null,
                                List.of(),
                                null,
                                3));
    }

    @Test
    void aPromptHasNoWordThatIsMasked() {
        UnaryOperator<String> masking = words -> words.replace("hunter2", "••••");
        Prompt code =
                Prompts.of(TwoFaOptions.email().to("hunter2@x.org").retry("Not hunter2!"), masking);
        assertThat(code.destination()).isEqualTo("••••@x.org");
        assertThat(code.words()).isEqualTo("Not ••••!");
        Prompt choice =
                Prompts.of(TwoFaOptions.choice(List.of(new Choice("a", "Is hunter2"))), masking);
        assertThat(choice.choices()).extracting(c -> c.label()).containsExactly("Is ••••");
    }

    @Test
    void aChoiceHasNoFormat() {
        TwoFaOptions options = TwoFaOptions.choice(List.of(new Choice("a", "A\u0007")));
        Prompt prompt = Prompts.of(options, words -> words);
        assertThat(prompt.format()).isNull();
        assertThat(prompt.choices()).containsExactly(new dev.keyturn.values.Choice("a", "A"));
    }

    @Test
    void withoutADeadlineAPersonHasThreeMinutes() {
        Instant now = Instant.parse("2026-01-01T10:00:00Z");
        assertThat(Prompts.deadline(TwoFaOptions.email(), now)).isEqualTo(DEADLINE);
        assertThat(Prompts.deadline(TwoFaOptions.email().until(now.plusNanos(1_999)), now))
                .isEqualTo(now.plusNanos(1_000));
    }

    @Test
    void whatASiteSaysIsShortAndWithoutControlCharacters() {
        assertThat(SiteText.limited(" a\u001b[31m\n\tb\u202e ", 100)).isEqualTo("a [31m b");
        assertThat(SiteText.limited("x".repeat(600), 500)).hasSize(500).endsWith("…");
        assertThat(SiteText.limited("😀".repeat(5), 3)).isEqualTo("😀😀…");
        assertThat(SiteText.limited("", 5)).isEmpty();
    }
}
