package dev.keyturn.worker.http;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/**
 * A page's body read as HTML, only while somebody looks: what the collector took is parsed anew. So
 * a run that waits, and whose connector holds the page that it goes on with, holds its bytes and
 * not a tree of ten times as much.
 *
 * <p>Looked at on platform threads: jsoup keeps its buffers by thread, and each run has a thread of
 * its own.
 */
final class Html {

    private static final ExecutorService READERS =
            Executors.newFixedThreadPool(
                    Runtime.getRuntime().availableProcessors(),
                    Thread.ofPlatform().daemon().name("html-", 0).factory());

    private final Supplier<Document> parse;
    private WeakReference<@Nullable Document> parsed = new WeakReference<>(null);

    Html(Supplier<Document> parse) {
        this.parse = parse;
    }

    /**
     * What somebody sees in it. The look must take nothing of the document along, and must not look
     * again: it has one of few threads.
     *
     * @throws RuntimeException what the look throws
     */
    <T> T look(Function<Document, T> look) {
        try {
            return CompletableFuture.supplyAsync(() -> look.apply(document()), READERS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private Document document() {
        Document document = parsed.get();
        if (document == null) {
            document = parse.get();
            parsed = new WeakReference<>(document);
        }
        return document;
    }
}
