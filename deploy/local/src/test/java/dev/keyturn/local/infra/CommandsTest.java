package dev.keyturn.local.infra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is told of a log, whose stack traces are for developers. */
class CommandsTest {

    @Test
    void theCauseIsToldOfAStartThatFailed() {
        String log =
                """
                2026-11-24T20:04:15.678Z INFO  [io.quarkus] a line from before
                2026-11-24T20:04:15.725Z ERROR [io.qu.ru.Application] Failed to start application: java.lang.RuntimeException: Failed to start quarkus
                \tat io.quarkus.runner.ApplicationImpl.doStart(Unknown Source)
                Caused by: java.lang.IllegalArgumentException: keyturn.worker.lease=1s: must be between 2s and 300s
                \tat dev.keyturn.worker.config.ErrorCheck.check(ErrorCheck.java:33)
                \t... 9 more
                """;
        assertThat(Commands.telling(log))
                .isEqualTo("keyturn.worker.lease=1s: must be between 2s and 300s");
    }

    @Test
    void aValueOfAnotherKindIsToldWithItsKey() {
        String log =
                """
                Configuration validation failed:
                \tjava.lang.IllegalArgumentException: SRCFG00039: The config property keyturn.worker.slots with the config value "abc" threw an Exception whilst being converted SRCFG00029: Expected an integer value, got "abc"
                """;
        assertThat(Commands.telling(log))
                .startsWith(
                        "The config property keyturn.worker.slots with the config value \"abc\"")
                .endsWith("Expected an integer value, got \"abc\"");
    }

    @Test
    void aLineOfALogIsToldWithoutItsTime() {
        assertThat(
                        Commands.telling(
                                "2026-11-24T20:04:15.678Z ERROR [de.ke.wo.WorkerLife] It cannot"
                                        + " start\n"))
                .isEqualTo("It cannot start");
    }

    @Test
    void withoutAnErrorTheLastLineTellsMost() {
        assertThat(Commands.telling("one\ntwo\n\n")).isEqualTo("two");
        assertThat(Commands.telling("")).isEqualTo("it said nothing");
    }
}
