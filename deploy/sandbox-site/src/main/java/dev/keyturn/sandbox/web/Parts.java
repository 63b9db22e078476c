package dev.keyturn.sandbox.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;

/** A large answer in parts, no faster than the other side reads and without a waiting thread. */
final class Parts {
    private Parts() {}

    static void send(HttpServerResponse response, Buffer first, Iterator<Buffer> rest) {
        response.setChunked(true).write(first);
        send(response, rest);
    }

    private static void send(HttpServerResponse response, Iterator<Buffer> parts) {
        while (!response.closed()) {
            if (response.writeQueueFull()) {
                response.drainHandler(_ -> send(response, parts));
                return;
            }
            if (!parts.hasNext()) {
                response.end();
                return;
            }
            response.write(parts.next());
        }
    }
}
