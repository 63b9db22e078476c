package dev.keyturn.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** A site that lets everybody in, with a cookie and a token of the load, and redirects anywhere. */
final class LooseSite implements AutoCloseable {

    private final HttpServer server;
    private final Secrets secrets;

    LooseSite(Secrets secrets) {
        this.secrets = secrets;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/home", this::home);
        server.createContext("/code", exchange -> page(exchange, 200, "<p>Well.</p>"));
        server.createContext("/redirect", LooseSite::redirect);
        server.createContext("/circle", LooseSite::circle);
        server.createContext("/down", exchange -> page(exchange, 503, "<p>Not now.</p>"));
        server.createContext("/broken", HttpExchange::close);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void home(HttpExchange exchange) throws IOException {
        String of = exchange.getRequestURI().getRawQuery().replaceAll("^of=|&.*", "");
        String cookie = secrets.token("the cookie of " + of);
        exchange.getResponseHeaders().set("Set-Cookie", "sid=" + cookie + "; Path=/; HttpOnly");
        page(
                exchange,
                200,
                """
                <meta name="token" content="%s">
                <form id="sign-in" method="post" action="/home?of=%s"><input name="password"></form>
                """
                        .formatted(secrets.token("the token of " + of), of));
    }

    private static void redirect(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        to(exchange, URLDecoder.decode(query.substring("to=".length()), StandardCharsets.UTF_8));
    }

    private static void circle(HttpExchange exchange) throws IOException {
        to(exchange, exchange.getRequestURI().toString());
    }

    private static void to(HttpExchange exchange, String address) throws IOException {
        exchange.getResponseHeaders().set("Location", address);
        page(exchange, 302, "");
    }

    private static void page(HttpExchange exchange, int status, String html) throws IOException {
        var _ = exchange.getRequestBody().readAllBytes();
        byte[] body = html.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
