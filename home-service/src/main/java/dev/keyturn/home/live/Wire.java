package dev.keyturn.home.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One client's end of the stream. Whoever reads too slowly is dropped, and may connect anew. */
final class Wire {

    private static final int QUEUE = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpServerResponse response;
    private final ObjectMapper json;
    private final AtomicReference<CountDownLatch> drained =
            new AtomicReference<>(new CountDownLatch(0));

    Wire(HttpServerResponse response, ObjectMapper json) {
        this.response = response;
        this.json = json;
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
                || latch.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                || !response.writeQueueFull();
    }

    /** Ends the stream in good order. */
    void end() {
        if (!response.ended() && !response.closed()) {
            var _ = response.end();
        }
    }

    /** Ends it without. */
    void drop() {
        response.reset();
    }

    private String text(Said said) {
        try {
            return json.writeValueAsString(said);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(said.name() + ": must be writable as JSON", e);
        }
    }
}
