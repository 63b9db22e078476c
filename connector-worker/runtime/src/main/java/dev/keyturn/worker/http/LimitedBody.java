package dev.keyturn.worker.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes in an answer up to a size. What is larger, or no longer wanted, is cut off at the
 * connection instead of being read to its end.
 */
final class LimitedBody implements BodyCodec<Buffer>, BodyStream<Buffer> {

    /** An answer is larger than allowed. */
    static final class TooLarge extends RuntimeException {
        TooLarge(int limit) {
            super("more than " + limit + " bytes");
        }
    }

    private final int limit;
    private final Buffer content = Buffer.buffer();
    private final Promise<Buffer> whole = Promise.promise();
    private final CompletableFuture<Void> tooLarge = new CompletableFuture<>();
    private @Nullable HttpClientRequest request;
    private boolean cut;

    LimitedBody(int limit) {
        this.limit = limit;
    }

    /** Fails with {@link TooLarge} when the limit is passed: the client itself may never tell. */
    CompletableFuture<Void> tooLarge() {
        return tooLarge;
    }

    /** Learns the request whose answer this is. */
    synchronized void belongsTo(HttpClientRequest sent) {
        request = sent;
        if (cut) {
            sent.reset();
        }
    }

    /** Ends the request, if it was sent, or else as soon as it is. */
    synchronized void cut() {
        cut = true;
        if (request != null) {
            request.reset();
        }
    }

    @Override
    public void create(Handler<AsyncResult<BodyStream<Buffer>>> handler) {
        handler.handle(Future.succeededFuture(this));
    }

    @Override
    public Future<Buffer> result() {
        return whole.future();
    }

    @Override
    public void handle(Throwable failure) {
        whole.tryFail(failure);
    }

    @Override
    public Future<Void> write(Buffer chunk) {
        if (content.length() + chunk.length() > limit) {
            TooLarge failure = new TooLarge(limit);
            tooLarge.completeExceptionally(failure);
            whole.tryFail(failure);
            cut();
            return Future.failedFuture(failure);
        }
        content.appendBuffer(chunk);
        return Future.succeededFuture();
    }

    @Override
    public void write(Buffer chunk, Handler<AsyncResult<Void>> handler) {
        write(chunk).onComplete(handler);
    }

    @Override
    public void end(Handler<AsyncResult<Void>> handler) {
        whole.tryComplete(content);
        handler.handle(Future.succeededFuture());
    }

    @Override
    public WriteStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this; // failures come by result()
    }

    @Override
    public WriteStream<Buffer> setWriteQueueMaxSize(int maxSize) {
        return this; // nothing is queued
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public WriteStream<Buffer> drainHandler(@Nullable Handler<Void> handler) {
        return this; // never full, so never drained
    }
}
