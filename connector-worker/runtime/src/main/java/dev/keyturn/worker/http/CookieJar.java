package dev.keyturn.worker.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyturn.sdk.Cookie;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Cookies by RFC 6265, with the prefixes of its successor. Loopback counts as secure, as it does in
 * browsers. Cookies without expiry are kept too: a session ends when the site says so. Not safe for
 * use by several threads.
 */
final class CookieJar {

    private static final int MOST = 500;
    private static final ObjectMapper JSON = new ObjectMapper(Json.factory());

    private final List<Cookie> cookies = new ArrayList<>();

    /** Takes the {@code Set-Cookie} headers of an answer. */
    void receive(URI from, List<String> setCookies, Instant now) {
        for (String header : setCookies) {
            SetCookie.parse(header, from, now).ifPresent(this::put);
        }
        dropExpired(now);
        while (cookies.size() > MOST) {
            cookies.removeFirst();
        }
    }

    /** The {@code Cookie} header for a request, if there are any for it. */
    Optional<String> header(URI to, Instant now) {
        dropExpired(now);
        String line =
                cookies.stream()
                        .filter(cookie -> SetCookie.belongsTo(cookie, to))
                        .sorted(Comparator.comparingInt(c -> -c.path().length()))
                        .map(CookieJar::pair)
                        .collect(Collectors.joining("; "));
        return line.isEmpty() ? Optional.empty() : Optional.of(line);
    }

    List<Cookie> list(Instant now) {
        dropExpired(now);
        return List.copyOf(cookies);
    }

    void clear() {
        cookies.clear();
    }

    byte[] export(Instant now) {
        try {
            return JSON.writeValueAsBytes(list(now).stream().map(Row::of).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cookies are only text", e);
        }
    }

    /**
     * Puts the jar to what was exported.
     *
     * @throws IllegalArgumentException if it cannot be read; what it holds is not named
     */
    void restore(byte[] exported) {
        List<Cookie> read = new ArrayList<>();
        try {
            for (Row row : JSON.readValue(exported, Row[].class)) {
                read.add(row.toCookie());
            }
        } catch (JacksonException _) {
            throw new IllegalArgumentException("This is no exported cookie jar.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cookies.clear();
        cookies.addAll(read);
    }

    // A replaced cookie keeps its place: the order among equal paths is that of creation.
    private void put(Cookie cookie) {
        for (int i = 0; i < cookies.size(); i++) {
            if (isSame(cookies.get(i), cookie)) {
                cookies.set(i, cookie);
                return;
            }
        }
        cookies.add(cookie);
    }

    private void dropExpired(Instant now) {
        cookies.removeIf(c -> c.expires() != null && !c.expires().isAfter(now));
    }

    private static boolean isSame(Cookie a, Cookie b) {
        return a.name().equals(b.name())
                && a.domain().equals(b.domain())
                && a.path().equals(b.path());
    }

    private static String pair(Cookie cookie) {
        return cookie.name().isEmpty() ? cookie.value() : cookie.name() + "=" + cookie.value();
    }

    /** The exported form of one cookie; expiry in milliseconds since the epoch. */
    private record Row(
            String name,
            String value,
            String domain,
            boolean hostOnly,
            String path,
            @Nullable Long expires,
            boolean secure,
            boolean httpOnly) {

        static Row of(Cookie c) {
            return new Row(
                    c.name(),
                    c.value(),
                    c.domain(),
                    c.hostOnly(),
                    c.path(),
                    c.expires() == null ? null : c.expires().toEpochMilli(),
                    c.secure(),
                    c.httpOnly());
        }

        @Override
        public String toString() {
            return "Row[" + name + "=…]";
        }

        Cookie toCookie() {
            return new Cookie(
                    name,
                    value,
                    domain,
                    hostOnly,
                    path,
                    expires == null ? null : Instant.ofEpochMilli(expires),
                    secure,
                    httpOnly);
        }
    }
}
