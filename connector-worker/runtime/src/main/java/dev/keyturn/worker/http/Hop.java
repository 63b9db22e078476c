package dev.keyturn.worker.http;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.FormValue;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.Request;
import dev.keyturn.sdk.ShownAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One request of a chain of redirects, ready to be sent but for its cookies. Prints neither query
 * nor body.
 */
final class Hop {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Set<String> ABOUT_THE_BODY = Set.of("content-type", "content-encoding");

    private final String method;
    private final URI address;
    private final List<FormValue> headers;
    private final byte @Nullable [] body;
    private final @Nullable URI referer;

    private Hop(
            String method,
            URI address,
            List<FormValue> headers,
            byte @Nullable [] body,
            @Nullable URI referer) {
        this.method = method;
        this.address = address;
        this.headers = headers;
        this.body = body;
        this.referer = referer;
    }

    /** The first of a chain. */
    static Hop first(Request request) {
        URI address = withoutFragment(request.address());
        @Nullable URI referer = request.referer().orElse(null);
        if (request.method().equals("GET") || request.method().equals("HEAD")) {
            URI asked = request.form().isEmpty() ? address : withQuery(address, request.form());
            return new Hop(request.method(), asked, request.headers(), null, referer);
        }
        if (request.body().isPresent()) {
            return new Hop(
                    request.method(), address, request.headers(), request.body().get(), referer);
        }
        List<FormValue> headers = new ArrayList<>(request.headers());
        headers.removeIf(h -> h.name().equalsIgnoreCase("content-type"));
        headers.add(new FormValue("Content-Type", FORM));
        byte[] form = encode(request.form()).getBytes(StandardCharsets.US_ASCII);
        return new Hop(request.method(), address, headers, form, referer);
    }

    /** Whether an answer sends elsewhere. */
    static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /**
     * The next of the chain. What was meant for one host is not taken along to another: its headers
     * are left out, and a body that would have to go there is refused.
     *
     * @throws ConnectorFailure if the redirect would carry a body to another host
     */
    Hop redirected(int status, URI target) {
        boolean sameHost = Addresses.sameHost(address, target);
        boolean keeps = status == 307 || status == 308 || method.equals("GET");
        if (keeps && body != null && !sameHost) {
            throw ConnectorFailure.of(
                    Reason.UNKNOWN_ERROR,
                    "A redirect (%d) from %s would carry what was sent there to %s."
                            .formatted(status, ShownAddress.of(address), ShownAddress.of(target)));
        }
        String next = keeps || method.equals("HEAD") ? method : "GET";
        return new Hop(
                next,
                target,
                headersFor(sameHost, keeps),
                keeps ? body : null,
                sameHost ? referer : null);
    }

    private List<FormValue> headersFor(boolean sameHost, boolean keepsBody) {
        return headers.stream()
                .filter(h -> sameHost || h.name().equalsIgnoreCase("accept"))
                .filter(h -> keepsBody || !ABOUT_THE_BODY.contains(lower(h.name())))
                .toList();
    }

    String method() {
        return method;
    }

    URI address() {
        return address;
    }

    List<FormValue> headers() {
        return headers;
    }

    byte @Nullable [] body() {
        return body;
    }

    /** Whether sending it twice is harmless. */
    boolean isSafe() {
        return body == null && (method.equals("GET") || method.equals("HEAD"));
    }

    /** The page that it comes from, if it is of the same host. */
    Optional<String> referer() {
        return referer != null && Addresses.sameHost(referer, address)
                ? Optional.of(withoutFragment(referer).toString())
                : Optional.empty();
    }

    /** The host of the page that it comes from; a browser sends it with whatever changes things. */
    Optional<String> origin() {
        return referer != null && !isSafe()
                ? Optional.of(referer.getScheme() + "://" + referer.getRawAuthority())
                : Optional.empty();
    }

    /** Path and query. */
    String target() {
        String query = address.getRawQuery();
        return Addresses.path(address) + (query == null ? "" : "?" + query);
    }

    private static URI withoutFragment(URI address) {
        String text = address.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? address : URI.create(text.substring(0, hash));
    }

    private static URI withQuery(URI address, List<FormValue> form) {
        String text = address.toString();
        int question = text.indexOf('?');
        return URI.create((question < 0 ? text : text.substring(0, question)) + "?" + encode(form));
    }

    private static String encode(List<FormValue> form) {
        return form.stream()
                .map(value -> encode(value.name()) + "=" + encode(value.value()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String lower(String text) {
        return text.toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public String toString() {
        return method + " " + ShownAddress.of(address);
    }
}
