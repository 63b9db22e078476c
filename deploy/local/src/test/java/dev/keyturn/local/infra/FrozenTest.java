package dev.keyturn.local.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrozenTest {

    @Test
    void aFrozenProcessSaysNothingUntilItGoesOn() throws Exception {
        Process talker = new ProcessBuilder("sh", "-c", "while :; do echo word; done").start();
        try (BufferedReader words = words(talker)) {
            assertThat(words.readLine()).isEqualTo("word");
            try (Frozen _ = Frozen.freeze(List.of(talker.toHandle()))) {
                drain(talker);
                // It says a thousand words while another process starts and ends.
                assertThat(new ProcessBuilder("true").start().waitFor()).isZero();
                assertThat(talker.getInputStream().available()).isZero();
            }
            assertThat(words.readLine()).isNotNull();
        } finally {
            talker.destroyForcibly();
        }
    }

    @Test
    void oneThatHasEndedIsNoFailure() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        assertThat(ended.waitFor()).isZero();
        Frozen.freeze(List.of(ended.toHandle())).close();
    }

    private static BufferedReader words(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void drain(Process process) throws IOException {
        while (process.getInputStream().available() > 0) {
            process.getInputStream().skipNBytes(process.getInputStream().available());
        }
    }
}
