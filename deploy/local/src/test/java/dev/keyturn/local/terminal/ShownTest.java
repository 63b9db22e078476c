package dev.keyturn.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {

    @Test
    void controlCharactersAreLeftOut() {
        assertThat(Shown.text("a\u001b[2Jb\u0007c\u009bd\u0000")).isEqualTo("a[2Jbcd");
    }

    @Test
    void charactersThatTurnTheDirectionAreLeftOut() {
        assertThat(Shown.text("code\u202e321\u2066")).isEqualTo("code321");
    }

    @Test
    void linesBecomeOne() {
        assertThat(Shown.text("one\r\ntwo\u2028three")).isEqualTo("one  two three");
    }

    @Test
    void lettersOfAllLanguagesStay() {
        assertThat(Shown.text("été ••42 код 码 🔑")).isEqualTo("été ••42 код 码 🔑");
    }

    @Test
    void jsonHoldsNoControlCharacterAsSuch() {
        String json = Shown.json(Map.of("words", "a\u001b\u009b\u202eb"));
        assertThat(json).isEqualTo("{\"words\":\"a\\u001B\\u009B\\u202Eb\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "LOGIN_FAILED, 10",
        "LOGIN_FAILED.TOO_MANY_ATTEMPTS, 10",
        "USER_ACTION_NEEDED, 11",
        "USER_ACTION_NEEDED.TWOFA_EXPIRED, 11",
        "USER_ACTION_NEEDED.CHANGE_PASSWORD, 11",
        "USER_ACTION_NEEDED.TWOFA_CANCELLED, 13",
        "CANCELLED, 13",
        "VENDOR_DOWN, 12",
        "VENDOR_DOWN.BANK_DOWN, 12",
        "MAINTENANCE, 12",
        "UNKNOWN_ERROR.PARTIAL_SYNC, 10",
        "INTERRUPTED, 10",
        "SOMETHING_NEW, 10"
    })
    void aReasonHasAnExitCode(String reason, int code) {
        assertThat(ExitCode.ofReason(reason)).isEqualTo(code);
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table("A", "NAME").row("long", "x").row("s", "\u001by");
        assertThat(table.lines()).containsExactly("A     NAME", "long  x", "s     y");
    }
}
