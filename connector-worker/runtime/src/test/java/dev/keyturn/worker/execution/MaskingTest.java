package dev.keyturn.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {

    @Test
    void whatIsSecretIsTakenOutWhereverItStands() {
        assertThat(Masking.of(List.of("482913", "hunter2")).apply("482913 (hunter2) 482913."))
                .isEqualTo("•••• (••••) ••••.");
    }

    @Test
    void aSecretWithinAnotherLeavesNothingOfIt() {
        assertThat(Masking.of(List.of("secret", "secret-word")).apply("It is secret-word."))
                .isEqualTo("It is ••••.");
    }

    @Test
    void whatIsTooShortToBeASecretStays() {
        assertThat(Masking.of(List.of("1", "123", "1234")).apply("1 of 123, 1234"))
                .isEqualTo("1 of 123, ••••");
    }

    @ParameterizedTest
    @CsvSource({
        "at https://a.example/in?code=1&state=2 now, at https://a.example/in now",
        "at HTTP://a.example/in#token=1, at HTTP://a.example/in",
        "at https://a.example?code=1, at https://a.example",
        "at https://a.example/in, at https://a.example/in",
        "'see \"https://a.example/?t=1\".', 'see \"https://a.example/\".'",
        "Really? #1 it is, Really? #1 it is"
    })
    void ofAnAddressWhatMayBeATokenIsLeftOut(String text, String masked) {
        assertThat(Masking.of(List.of()).apply(text)).isEqualTo(masked);
    }

    @Test
    void itDoesNotPrintWhatItTakesOut() {
        assertThat(Masking.of(List.of("hunter2"))).asString().doesNotContain("hunter2");
    }
}
