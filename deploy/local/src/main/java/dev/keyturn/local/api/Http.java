package dev.keyturn.local.api;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The one way out: loopback, no proxy. */
final class Http {

    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build();

    private Http() {}

    /**
     * @param whom who is asked, for the error
     */
    static <T> HttpResponse<T> send(
            String whom, HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return CLIENT.send(request, body);
        } catch (IOException e) {
            String where = request.uri().getAuthority();
            throw new Unreachable(
                    whom + " does not answer at " + where + ": is it up? (./keyturn up)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("Interrupted", e);
        }
    }
}
