package dev.keyturn.service.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutageTest {

    @Test
    void aConnectionThatIsNotThereIsAnOutage() {
        assertThat(
                        List.of(
                                new ConnectException("refused"),
                                new CompletionException(new ConnectException("refused")),
                                new CompletionException(new IOException("Broken pipe")),
                                new CompletionException(new ClosedChannelException()),
                                new VertxException("Connection was closed", true),
                                new IllegalStateException("Connection is not active now"),
                                new Throwable("Connection is not active now"),
                                new CompletionException(new NoStackTraceThrowable("Timeout")),
                                new RuntimeException(new java.util.concurrent.TimeoutException()),
                                new TimeoutException()))
                .allMatch(Outage::is);
    }

    @Test
    void whatIsWrongHereIsNone() {
        assertThat(
                        List.of(
                                new IllegalStateException("document: must be readable"),
                                new IllegalStateException("Timeout"),
                                new IllegalStateException("x", new NoSuchFileException("x")),
                                new NullPointerException()))
                .noneMatch(Outage::is);
    }

    @ParameterizedTest
    @CsvSource({
        "08006, true",
        "53300, true",
        "57P01, true",
        "57P03, true",
        "25P03, true",
        "40001, true",
        "40P01, true",
        "23505, false",
        "42P01, false",
        "42703, false"
    })
    void theServersOwnWordsAreToldApart(String state, boolean isAway) {
        PgException refused =
                new PgException(
                        "no", "FATAL", state, null, null, null, null, null, null, null, null, null,
                        null, null, null, null, null);
        assertThat(Outage.is(new CompletionException(refused))).isEqualTo(isAway);
    }
}
