package dev.keyturn.worker.http;

import java.time.Duration;

/**
 * What a site may cost.
 *
 * @param connect time to reach it
 * @param request time for one request, until its answer is there as a whole; each redirect is one
 * @param body greatest size of an answer in bytes
 * @param redirects how many are followed
 * @param userAgent what the session calls itself
 */
public record HttpLimits(
        Duration connect, Duration request, int body, int redirects, String userAgent) {

    /** 10 s to connect, 30 s for a request, 10 MB, 10 redirects. */
    public static final HttpLimits DEFAULT =
            new HttpLimits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    10 * 1024 * 1024,
                    10,
                    "Mozilla/5.0 (compatible; Keyturn/0.1)");

    public HttpLimits {
        check(connect.isPositive(), "connect", connect);
        check(request.isPositive(), "request", request);
        check(body > 0, "body", body);
        check(redirects >= 0, "redirects", redirects);
        check(!userAgent.isBlank(), "userAgent", userAgent);
    }

    private static void check(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(name + "=" + value + ": must be positive");
        }
    }
}
