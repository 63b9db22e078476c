package dev.keyturn.systemtests;

import dev.keyturn.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * A browser that comes by a link. Its token and the session that it gets for it are told to this
 * browser, and to nobody else.
 */
record ByLink(String home, Secrets secrets) {

    /** The status of a page of the one who has signed in. */
    int signIn(String link) {
        String token = secrets.known("the token of a link", link.replaceFirst(".*#login=", ""));
        String body = Json.mapper().createObjectNode().put("token", token).toString();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest signIn =
                    to("/api/session")
                            .header("Origin", home)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build();
            String cookie =
                    http.send(signIn, HttpResponse.BodyHandlers.discarding())
                            .headers()
                            .firstValue("Set-Cookie")
                            .orElseThrow()
                            .replaceFirst(";.*", "");
            var _ = secrets.known("a session of Home", cookie.replaceFirst("[^=]*=", ""));
            HttpRequest page = to("/api/accounts").header("Cookie", cookie).build();
            return http.send(page, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(home + path));
    }
}
