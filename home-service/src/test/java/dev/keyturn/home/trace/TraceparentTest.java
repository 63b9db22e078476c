package dev.keyturn.home.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {

    private static final String IDS = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";

    @ParameterizedTest
    @CsvSource({
        "00-" + IDS + "-01, 00-" + IDS + "-01",
        "00-" + IDS + "-00, 00-" + IDS + "-00",
        "' 00-" + IDS + "-01 ', 00-" + IDS + "-01",
        "cc-" + IDS + "-01, 00-" + IDS + "-01",
        "cc-" + IDS + "-01-what-the-future-holds, 00-" + IDS + "-01"
    })
    void whatIsValidIsTaken(String header, String taken) {
        assertThat(Traceparent.of(header)).contains(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "ff-" + IDS + "-01",
                "00-" + IDS + "-01-more",
                "00-" + IDS + "-1",
                "00-" + IDS,
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-" + IDS + "-01,00-" + IDS + "-01"
            })
    void whatIsNotIsLeftAside(String header) {
        assertThat(Traceparent.of(header)).isEmpty();
    }

    @Test
    void withoutAHeaderThereIsNone() {
        assertThat(Traceparent.of(null)).isEmpty();
    }

    @Test
    void aNewOneIsValid() {
        byte[] trace = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        byte[] parent = {-1, 0, 1, 2, 3, 4, 5, 6};

        String made = Traceparent.of(trace, parent);

        assertThat(made).isEqualTo("00-0102030405060708090a0b0c0d0e0f10-ff00010203040506-01");
        assertThat(Traceparent.of(made)).contains(made);
    }
}
