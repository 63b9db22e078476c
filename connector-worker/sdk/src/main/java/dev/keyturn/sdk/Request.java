package dev.keyturn.sdk;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request to the site. Immutable: each method returns a changed request. Prints neither query
 * nor body.
 */
public final class Request {

    private static final Set<String> OURS =
            Set.of("cookie", "host", "content-length", "transfer-encoding", "connection");

    private final String method;
    private final URI address;
    private final List<FormValue> headers;
    private final List<FormValue> form;
    private final byte @Nullable [] body;
    private final @Nullable URI referer;
    private final @Nullable String stopAt;

    private Request(
            String method,
            URI address,
            List<FormValue> headers,
            List<FormValue> form,
            byte @Nullable [] body,
            @Nullable URI referer,
            @Nullable String stopAt) {
        this.method = method;
        this.address = address;
        this.headers = headers;
        this.form = form;
        this.body = body;
        this.referer = referer;
        this.stopAt = stopAt;
    }

    /**
     * A GET.
     *
     * @throws ConnectorFailure {@link Reason#UNKNOWN_ERROR} if this is no absolute http(s) address
     */
    public static Request get(String address) {
        return new Request("GET", parse(address), List.of(), List.of(), null, null, null);
    }

    /** A POST of form fields. */
    public static Request post(String address, Map<String, String> form) {
        return ofForm(
                "POST",
                parse(address),
                form.entrySet().stream()
                        .map(e -> new FormValue(e.getKey(), e.getValue()))
                        .toList());
    }

    /** Any request with any body. */
    public static Request of(String method, String address, String contentType, String body) {
        return new Request(
                        method.toUpperCase(Locale.ROOT),
                        parse(address),
                        List.of(),
                        List.of(),
                        body.getBytes(StandardCharsets.UTF_8),
                        null,
                        null)
                .header("Content-Type", contentType);
    }

    static Request ofForm(String method, URI address, List<FormValue> form) {
        return new Request(
                method.toUpperCase(Locale.ROOT),
                address,
                List.of(),
                List.copyOf(form),
                null,
                null,
                null);
    }

    /**
     * With a header. It is not taken along to another host.
     *
     * @throws IllegalArgumentException for a header that the session itself makes ({@code Cookie},
     *     {@code Host} …)
     */
    public Request header(String name, String value) {
        Checks.that(
                !OURS.contains(name.toLowerCase(Locale.ROOT)),
                "header",
                name,
                "one that the session does not make itself");
        List<FormValue> more = new ArrayList<>(headers);
        more.removeIf(h -> h.name().equalsIgnoreCase(name));
        more.add(new FormValue(name, value));
        return new Request(method, address, List.copyOf(more), form, body, referer, stopAt);
    }

    /** Asks for this media type. */
    public Request accept(String mediaType) {
        return header("Accept", mediaType);
    }

    /** Coming from this page. Sent to the same host only. */
    public Request referer(URI page) {
        return new Request(method, address, headers, form, body, page, stopAt);
    }

    /**
     * Follows no redirect to an address that begins with this: the answer then is the redirect
     * itself, with {@link Page#location()}. For callbacks, where the address is all that matters.
     */
    public Request stopAt(String prefix) {
        return new Request(method, address, headers, form, body, referer, prefix);
    }

    public String method() {
        return method;
    }

    public URI address() {
        return address;
    }

    public List<FormValue> headers() {
        return headers;
    }

    /** The form fields; empty if there is another body, or none. */
    public List<FormValue> form() {
        return form;
    }

    /** The body, if it is not a form. */
    public Optional<byte[]> body() {
        return Optional.ofNullable(body).map(byte[]::clone);
    }

    public Optional<URI> referer() {
        return Optional.ofNullable(referer);
    }

    public Optional<String> stopAt() {
        return Optional.ofNullable(stopAt);
    }

    private static URI parse(String address) {
        try {
            URI uri = URI.create(address.strip());
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw noAddress(e);
        }
        throw noAddress(null);
    }

    // The address itself is not named: what cannot be read may hold anything.
    private static ConnectorFailure noAddress(@Nullable Throwable cause) {
        String detail = "An address is not of the form https://host/path.";
        return cause == null
                ? ConnectorFailure.of(Reason.UNKNOWN_ERROR, detail)
                : ConnectorFailure.of(Reason.UNKNOWN_ERROR, detail, cause);
    }

    @Override
    public String toString() {
        return method + " " + ShownAddress.of(address);
    }
}
