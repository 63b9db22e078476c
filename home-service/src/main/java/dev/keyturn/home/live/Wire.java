package dev.keyturn.home.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One client's end of the stream. Whoever reads too slowly is dropped, and may connect anew. */
final class Wire {

    private static final int QUEUE = 256 * 1024;

    private final HttpServerResponse response;
    private final HttpConnection connection;
    private final boolean isHttp1;
    private final ObjectMapper json;
    private final Duration patience;
    private final AtomicReference<CountDownLatch> drained =
            new AtomicReference<>(new CountDownLatch(0));

    Wire(HttpServerRequest request, ObjectMapper json, Duration patience) {
        this.response = request.response();
        this.connection = request.connection();
        this.isHttp1 = request.version() != HttpVersion.HTTP_2;
        this.json = json;
        this.patience = patience;
        response.setWriteQueueMaxSize(QUEUE);
        response.drainHandler(_ -> drained.get().countDown());
    }

    /** Sends an event and waits until the client has taken most of it; says whether it has. */
    boolean send(Said said) throws InterruptedException {
        if (response.closed() || response.ended()) {
            return false;
        }
        CountDownLatch latch = new CountDownLatch(1);
        drained.set(latch);
        response.write("event: " + said.name() + "\ndata: " + text(said) + "\n\n");
        return !response.writeQueueFull()
                || latch.await(patience.toNanos(), TimeUnit.NANOSECONDS)
                || !response.writeQueueFull();
    }

    /** Ends the stream in good order. */
    void end() {
        if (!response.ended() && !response.closed()) {
            var _ = response.end();
        }
    }

    /**
     * Ends it without, unless it has ended. What the client has not taken is thrown away: Vert.x'
     * own ways to close would keep it, and the connection, until it is read.
     */
    void drop() {
        if (response.ended()) {
            return;
        }
        if (isHttp1 && connection instanceof ConnectionBase base) {
            var _ = base.channelHandlerContext().close();
        } else {
            response.reset();
        }
    }

    private String text(Said said) {
        try {
            return json.writeValueAsString(said);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(said.name() + ": must be writable as JSON", e);
        }
    }
}
