package dev.keyturn.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class OutageTest {

    @Test
    void aDatabaseThatIsAwayIsAnOutage() {
        assertThat(Outage.is(new RuntimeException(new ConnectException("refused")))).isTrue();
        assertThat(Outage.is(new RuntimeException(new TimeoutException()))).isTrue();
        assertThat(Outage.is(new VertxException("Connection closed"))).isTrue();
        assertThat(Outage.is(refused("57P01"))).isTrue();
        assertThat(Outage.is(refused("53300"))).isTrue();
        assertThat(Outage.is(refused("40P01"))).isTrue();
        assertThat(Outage.is(refused("25P03"))).isTrue();
        assertThat(Outage.is(new RuntimeException(refused("08006")))).isTrue();
        assertThat(Outage.is(new IllegalStateException("Connection not open"))).isTrue();
        assertThat(Outage.is(new CompletionException(new Throwable("Connection is not active"))))
                .isTrue();
    }

    @Test
    void aMistakeIsNone() {
        assertThat(Outage.is(refused("23505"))).isFalse();
        assertThat(Outage.is(refused("42703"))).isFalse();
        assertThat(Outage.is(new IllegalStateException("steps do not nest"))).isFalse();
        assertThat(Outage.is(new NullPointerException())).isFalse();
    }

    private static PgException refused(String state) {
        return new PgException("message", "ERROR", state, "detail");
    }
}
