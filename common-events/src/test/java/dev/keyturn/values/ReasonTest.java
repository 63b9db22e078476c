package dev.keyturn.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {

    @ParameterizedTest
    @CsvSource({
        "LOGIN_FAILED, LOGIN_FAILED",
        "LOGIN_FAILED.NEEDS_SECRET, LOGIN_FAILED.NEEDS_SECRET",
        "LOGIN_FAILED.NEW, LOGIN_FAILED",
        "USER_ACTION_NEEDED.TWOFA_EXPIRED.AT_NIGHT.TWICE, USER_ACTION_NEEDED.TWOFA_EXPIRED",
        "USER_ACTION_NEEDED.TWOFA, USER_ACTION_NEEDED",
        "VENDOR_DOWNED, UNKNOWN_ERROR",
        "LOGIN_FAILED.by-passkey, LOGIN_FAILED",
        "later, UNKNOWN_ERROR",
        "NEW.LOGIN_FAILED, UNKNOWN_ERROR"
    })
    void theLongestKnownPrefixCounts(String text, String known) {
        assertThat(new Reason(text).known()).isEqualTo(new Reason(known));
    }

    @Test
    void aReasonIsOneOfItsKindOnlyAtADot() {
        assertThat(Reason.TWOFA_EXPIRED.is(Reason.USER_ACTION_NEEDED)).isTrue();
        assertThat(Reason.LOGIN_FAILED.is(Reason.LOGIN_FAILED)).isTrue();
        assertThat(Reason.LOGIN_FAILED.is(Reason.NEEDS_SECRET)).isFalse();
        assertThat(new Reason("LOGIN_FAILED_NOT").is(Reason.LOGIN_FAILED)).isFalse();
    }

    @Test
    void anythingElseThanDottedWordsIsRefusedWithoutBeingRepeated() {
        for (String text :
                List.of("", ".", "A.", ".A", "A..B", "A B", "Ä", "A\n", "A".repeat(121))) {
            assertThatThrownBy(() -> new Reason(text))
                    .as(text)
                    .hasMessage(
                            "reason: must be words of letters, digits, _ and - joined by dots, at"
                                    + " most 120 characters");
        }
        assertThat(new Reason("A".repeat(120)).known()).isEqualTo(Reason.UNKNOWN_ERROR);
    }
}
