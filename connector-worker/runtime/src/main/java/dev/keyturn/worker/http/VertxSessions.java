package dev.keyturn.worker.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.client.impl.ClientPhase;
import io.vertx.ext.web.client.impl.HttpContext;
import io.vertx.ext.web.client.impl.WebClientInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sessions on the Vert.x Web Client. */
public final class VertxSessions implements HttpSessions {

    private static final int CONNECTIONS_PER_HOST = 256;
    private static final int HEADERS = 64 * 1024;
    private static final int IDLE_SECONDS = 5;

    private final WebClient client;
    private final HttpLimits limits;
    private final NetworkRules network;
    private final Resolver resolver;
    private final InstantSource clock;

    /** Sessions with these limits and rules. */
    public VertxSessions(Vertx vertx, HttpLimits limits, NetworkRules network) {
        this(vertx, limits, network, Resolver.SYSTEM, InstantSource.system());
    }

    VertxSessions(
            Vertx vertx,
            HttpLimits limits,
            NetworkRules network,
            Resolver resolver,
            InstantSource clock) {
        this.limits = limits;
        this.network = network;
        this.resolver = resolver;
        this.clock = clock;
        this.client = client(vertx, limits);
    }

    private static WebClient client(Vertx vertx, HttpLimits limits) {
        WebClientOptions options =
                new WebClientOptions()
                        .setFollowRedirects(false)
                        .setUserAgentEnabled(false)
                        .setMaxPoolSize(CONNECTIONS_PER_HOST)
                        .setKeepAliveTimeout(IDLE_SECONDS)
                        .setMaxHeaderSize(HEADERS)
                        .setConnectTimeout(Math.toIntExact(limits.connect().toMillis()));
        WebClient client = WebClient.create(vertx, options);
        // The only way to the request beneath, which must be reset when its answer is not wanted.
        ((WebClientInternal) client).addInterceptor(VertxSessions::learnRequest);
        return client;
    }

    private static void learnRequest(HttpContext<?> context) {
        if (context.phase() == ClientPhase.SEND_REQUEST
                && context.request().bodyCodec() instanceof LimitedBody body) {
            body.belongsTo(context.clientRequest());
        }
        context.next();
    }

    @Override
    public HttpSession open(HostRules hosts, byte @Nullable [] keptJar, RequestGate gate) {
        CookieJar jar = new CookieJar();
        if (keptJar != null) {
            jar.restore(keptJar);
        }
        Doors doors = new Doors(hosts, network, resolver);
        return new VertxSession(this, doors, jar, keptJar != null, gate);
    }

    HttpLimits limits() {
        return limits;
    }

    InstantSource clock() {
        return clock;
    }

    /** Sends to an address that was checked, under the name that the hop has for it. */
    CompletableFuture<HttpResponse<Buffer>> send(
            Hop hop, InetAddress to, @Nullable String cookies, LimitedBody body) {
        int port = Addresses.port(hop.address());
        RequestOptions options =
                new RequestOptions()
                        .setHost(Addresses.host(hop.address()))
                        .setPort(port)
                        .setSsl(Addresses.isTls(hop.address()))
                        .setURI(hop.target());
        SocketAddress server = SocketAddress.inetSocketAddress(new InetSocketAddress(to, port));
        HttpRequest<Buffer> request =
                client.request(HttpMethod.valueOf(hop.method()), server, options).as(body);
        putHeaders(request, hop, cookies);
        byte[] content = hop.body();
        CompletableFuture<HttpResponse<Buffer>> answer =
                (content == null ? request.send() : request.sendBuffer(Buffer.buffer(content)))
                        .toCompletionStage()
                        .toCompletableFuture();
        var _ = body.tooLarge().whenComplete((_, failure) -> answer.completeExceptionally(failure));
        return answer;
    }

    private void putHeaders(HttpRequest<Buffer> request, Hop hop, @Nullable String cookies) {
        request.putHeader("User-Agent", limits.userAgent());
        request.putHeader("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        request.putHeader("Accept-Language", "en");
        hop.referer().ifPresent(referer -> request.putHeader("Referer", referer));
        hop.origin().ifPresent(origin -> request.putHeader("Origin", origin));
        hop.headers().forEach(header -> request.putHeader(header.name(), header.value()));
        if (cookies != null) {
            request.putHeader("Cookie", cookies);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
