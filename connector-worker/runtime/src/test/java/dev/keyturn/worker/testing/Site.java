package dev.keyturn.worker.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A site that takes one code, and can be slow. */
public final class Site implements AutoCloseable {

    public static final String CODE = "314159";
    public static final String COOKIE = "cookie-that-must-stay-sealed";

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> codes = new CopyOnWriteArrayList<>();
    private final AtomicInteger held = new AtomicInteger();
    private volatile Resend resend = Resend.SENT;
    private volatile CountDownLatch slow = new CountDownLatch(1);

    public Site() {
        try {
            InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
            server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/home", this::home);
        server.createContext("/code", this::code);
        server.createContext("/bill", exchange -> answer(exchange, "the bill"));
        server.createContext("/slow", this::slow);
        server.createContext("/resend", this::resend);
        server.createContext("/mail", exchange -> answer(exchange, "<p id=mail>a…@x.org</p>"));
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked for, as method and path. */
    public List<String> requests() {
        return requests;
    }

    /** The codes that it was sent. */
    public List<String> codes() {
        return codes;
    }

    /** How often it was asked for a path. */
    public long count(String line) {
        return requests.stream().filter(line::equals).count();
    }

    /** How many requests for another message wait for an answer, or have waited. */
    public int held() {
        return held.get();
    }

    /** What comes of asking for another message. */
    public enum Resend {
        SENT,
        HELD,
        DOWN
    }

    public void onResend(Resend what) {
        resend = what;
    }

    public void holdSlow() {
        slow = new CountDownLatch(1);
    }

    public void releaseSlow() {
        slow.countDown();
    }

    private void home(HttpExchange exchange) throws IOException {
        String cookies = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
        answer(exchange, cookies.contains(COOKIE) ? "<p id=in>in</p>" : "<p id=out>out</p>");
    }

    private void code(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String code = body.replace("code=", "");
        codes.add(code);
        if (code.equals(CODE)) {
            exchange.getResponseHeaders().add("Set-Cookie", "sid=" + COOKIE + "; Path=/");
            answer(exchange, "<p id=ok>ok</p>");
        } else {
            answer(exchange, "<p id=wrong>That is wrong.</p>");
        }
    }

    private void resend(HttpExchange exchange) throws IOException {
        switch (resend) {
            case SENT -> answer(exchange, "<p>••43</p>");
            case HELD -> {
                held.incrementAndGet();
                slow(exchange);
            }
            case DOWN -> answer(exchange, 500, "<p>down</p>");
        }
    }

    private void slow(HttpExchange exchange) throws IOException {
        try {
            slow.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        answer(exchange, "<p>at last</p>");
    }

    private void answer(HttpExchange exchange, String html) throws IOException {
        answer(exchange, 200, html);
    }

    private void answer(HttpExchange exchange, int status, String html) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        exchange.getResponseHeaders().add("Content-Type", "text/html");
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        releaseSlow();
        server.stop(0);
    }
}
