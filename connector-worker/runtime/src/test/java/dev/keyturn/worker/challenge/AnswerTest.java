package dev.keyturn.worker.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.sdk.Choice;
import dev.keyturn.sdk.CodeFormat;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.sdk.TwoFaType;
import dev.keyturn.seal.Secret;
import dev.keyturn.values.RejectedWhy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {

    private static final TwoFaOptions SIX = TwoFaOptions.of(TwoFaType.SMS).digits(6);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "123456|123456",
                "\" 123 456 \"|123456",
                "123-456|123456",
                "\"123\u00a0456\"|123456",
                "12345|",
                "1234567|",
                "12345a|",
                "\"      \"|",
                "١٢٣٤٥٦|",
            })
    void sixDigitsAreSixDigits(String typed, @Nullable String usable) {
        assertThat(codeOf(Answer.of(new Secret(typed), SIX))).isEqualTo(usable);
    }

    @Test
    void textKeepsWhatIsInsideAndLosesWhatIsAround() {
        TwoFaOptions text = TwoFaOptions.of(TwoFaType.RECOVERY_CODE).format(CodeFormat.text(12));
        assertThat(codeOf(Answer.of(new Secret(" ab-cd ef "), text))).isEqualTo("ab-cd ef");
        assertThat(codeOf(Answer.of(new Secret("abcdefghijklm"), text))).isNull();
        assertThat(codeOf(Answer.of(new Secret(" "), text))).isNull();
    }

    @Test
    void aChoiceIsOneOfThoseThatWereOffered() {
        TwoFaOptions choice = TwoFaOptions.choice(List.of(new Choice("sms", "SMS to ••42")));
        assertThat(codeOf(Answer.of(new Secret("sms"), choice))).isEqualTo("sms");
        assertThat(Answer.of(new Secret("mail"), choice))
                .isEqualTo(new Answer.Refused(RejectedWhy.WRONG_FORMAT));
    }

    @Test
    void whatDoesNotOpenIsUnreadable() {
        assertThat(Answer.unreadable()).isEqualTo(new Answer.Refused(RejectedWhy.UNREADABLE));
    }

    private static @Nullable String codeOf(Answer answer) {
        return answer instanceof Answer.Usable usable ? usable.code().reveal() : null;
    }
}
