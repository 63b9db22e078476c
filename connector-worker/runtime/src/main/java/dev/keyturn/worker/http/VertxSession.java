package dev.keyturn.worker.http;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Cookie;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.Request;
import dev.keyturn.sdk.RunStopped;
import dev.keyturn.sdk.ShownAddress;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.client.HttpResponse;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** One run's session; blocks its virtual thread while the site answers. */
final class VertxSession implements HttpSession {

    private static final System.Logger LOG = System.getLogger(VertxSession.class.getName());

    private final VertxSessions sessions;
    private final Doors doors;
    private final CookieJar jar;
    private final boolean kept;
    private final RequestGate gate;

    VertxSession(
            VertxSessions sessions, Doors doors, CookieJar jar, boolean kept, RequestGate gate) {
        this.sessions = sessions;
        this.doors = doors;
        this.jar = jar;
        this.kept = kept;
        this.gate = gate;
    }

    @Override
    public Page send(Request request) {
        Hop hop = Hop.first(request);
        for (int redirects = 0; ; redirects++) {
            HttpResponse<Buffer> answer = exchange(hop);
            Optional<URI> target = target(hop, answer);
            if (target.isEmpty() || isStop(request, target.get())) {
                return page(hop, answer);
            }
            if (redirects == sessions.limits().redirects()) {
                throw tooMany(request, target.get());
            }
            hop = hop.redirected(answer.statusCode(), target.get());
        }
    }

    private static boolean isStop(Request request, URI target) {
        return request.stopAt().filter(target.toString()::startsWith).isPresent();
    }

    private static Optional<URI> target(Hop hop, HttpResponse<Buffer> answer) {
        String location = answer.getHeader("Location");
        if (!Hop.isRedirect(answer.statusCode()) || location == null) {
            return Optional.empty();
        }
        Optional<URI> target = Addresses.resolve(hop.address(), location);
        if (target.isEmpty()) {
            throw ConnectorFailure.of(
                    Reason.UNKNOWN_ERROR,
                    "A redirect from %s leads to no http address."
                            .formatted(ShownAddress.of(hop.address())));
        }
        return target;
    }

    private ConnectorFailure tooMany(Request request, URI last) {
        return ConnectorFailure.of(
                Reason.UNKNOWN_ERROR,
                "%s was redirected more than %d times, at last to %s."
                        .formatted(
                                ShownAddress.of(request.address()),
                                sessions.limits().redirects(),
                                ShownAddress.of(last)));
    }

    private HttpResponse<Buffer> exchange(Hop hop) {
        List<InetAddress> addresses = doors.open(hop.address());
        HttpResponse<Buffer> answer = firstThatAnswers(hop, addresses);
        jar.receive(hop.address(), answer.headers().getAll("Set-Cookie"), now());
        if (answer.statusCode() >= 500) {
            throw down(hop, "answered with status " + answer.statusCode());
        }
        return answer;
    }

    // A name may have addresses at which nobody listens (localhost has two).
    private HttpResponse<Buffer> firstThatAnswers(Hop hop, List<InetAddress> addresses) {
        for (InetAddress address : addresses.subList(0, addresses.size() - 1)) {
            try {
                return once(hop, address);
            } catch (ExecutionException e) {
                if (!(causeOf(e) instanceof ConnectException)) {
                    throw failed(hop, causeOf(e));
                }
                LOG.log(System.Logger.Level.DEBUG, "address does not answer, next one is tried");
            }
        }
        return lastChance(hop, addresses.getLast());
    }

    // A kept connection may have been closed by the site just now: then the request was not read.
    private HttpResponse<Buffer> lastChance(Hop hop, InetAddress address) {
        try {
            try {
                return once(hop, address);
            } catch (ExecutionException e) {
                if (!hop.isSafe() || !isClosed(causeOf(e))) {
                    throw e;
                }
                return once(hop, address);
            }
        } catch (ExecutionException e) {
            throw failed(hop, causeOf(e));
        }
    }

    private HttpResponse<Buffer> once(Hop hop, InetAddress address) throws ExecutionException {
        gate.beforeRequest(hop.method(), hop.address());
        LimitedBody body = new LimitedBody(sessions.limits().body());
        String cookies = jar.header(hop.address(), now()).orElse(null);
        long started = System.nanoTime();
        CompletableFuture<HttpResponse<Buffer>> answer = sessions.send(hop, address, cookies, body);
        try {
            HttpResponse<Buffer> response =
                    answer.get(sessions.limits().request().toMillis(), TimeUnit.MILLISECONDS);
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "request answered: method={0} address={1} status={2} millis={3}",
                    hop.method(),
                    ShownAddress.of(hop.address()),
                    response.statusCode(),
                    (System.nanoTime() - started) / 1_000_000);
            return response;
        } catch (ExecutionException e) {
            // Cutting the connection is an error too, and may be the first that is seen.
            if (body.tooLarge().isCompletedExceptionally()) {
                throw tooLarge(hop);
            }
            throw e;
        } catch (TimeoutException _) {
            body.cut();
            throw down(
                    hop, "did not answer within " + sessions.limits().request().toMillis() + " ms");
        } catch (InterruptedException _) {
            body.cut();
            Thread.currentThread().interrupt();
            throw new RunStopped("The run was interrupted while it waited for the site.");
        }
    }

    private ConnectorFailure tooLarge(Hop hop) {
        return ConnectorFailure.of(
                Reason.UNKNOWN_ERROR,
                "The answer of %s is larger than %d bytes."
                        .formatted(site(hop), sessions.limits().body()));
    }

    private static ConnectorFailure failed(Hop hop, Throwable cause) {
        String what =
                switch (cause) {
                    case ConnectException _ -> "cannot be reached";
                    case SSLException _ -> "has no certificate that can be trusted";
                    default -> "broke the connection off";
                };
        return ConnectorFailure.of(Reason.VENDOR_DOWN, site(hop) + " " + what + ".", cause);
    }

    private static ConnectorFailure down(Hop hop, String what) {
        return ConnectorFailure.of(Reason.VENDOR_DOWN, site(hop) + " " + what + ".");
    }

    private static String site(Hop hop) {
        return ShownAddress.of(hop.address());
    }

    private static Throwable causeOf(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause == null ? e : cause;
    }

    private static boolean isClosed(Throwable cause) {
        return cause instanceof HttpClosedException || cause instanceof ClosedChannelException;
    }

    private static Page page(Hop hop, HttpResponse<Buffer> answer) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.headers().forEach(entry -> headers.putIfAbsent(entry.getKey(), entry.getValue()));
        headers.remove("Set-Cookie");
        Buffer body = answer.body();
        byte[] bytes = body == null ? new byte[0] : body.getBytes();
        return new HtmlPage(hop.address(), answer.statusCode(), headers, bytes);
    }

    @Override
    public boolean isKept() {
        return kept;
    }

    @Override
    public List<Cookie> cookies() {
        return jar.list(now());
    }

    @Override
    public void clear() {
        jar.clear();
    }

    @Override
    public byte[] exportJar() {
        return jar.export(now());
    }

    @Override
    public void restoreJar(byte[] exported) {
        jar.restore(exported);
    }

    private Instant now() {
        return sessions.clock().instant();
    }
}
