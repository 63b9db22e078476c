package dev.keyturn.worker.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading of addresses as sites write them. */
final class Addresses {

    private Addresses() {}

    /**
     * A reference on a page or in a {@code Location}, made absolute; without fragment. Empty unless
     * it leads to an http(s) address with a host.
     */
    static Optional<URI> resolve(URI base, String reference) {
        URI written = parse(escape(reference.strip()));
        if (written == null) {
            return Optional.empty();
        }
        URI target = written.toString().isEmpty() ? base : join(base, written);
        return isHttp(target) ? Optional.of(withoutFragment(target)) : Optional.empty();
    }

    static boolean isHttp(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        return address.getHost() != null && (scheme.equals("http") || scheme.equals("https"));
    }

    static boolean isTls(URI address) {
        return address.getScheme().equalsIgnoreCase("https");
    }

    static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : isTls(address) ? 443 : 80;
    }

    /** The host in lower case, an IPv6 address without its brackets. */
    static String host(URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    static boolean sameHost(URI a, URI b) {
        return host(a).equals(host(b)) && port(a) == port(b) && isTls(a) == isTls(b);
    }

    static String path(URI address) {
        String path = address.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    // java.net.URI resolves "?x=1" against the folder, where browsers keep the whole path.
    private static URI join(URI base, URI written) {
        if (written.getScheme() == null
                && written.getRawAuthority() == null
                && written.getRawPath().isEmpty()) {
            String query =
                    written.getRawQuery() == null ? base.getRawQuery() : written.getRawQuery();
            return URI.create(
                    base.getScheme()
                            + "://"
                            + base.getRawAuthority()
                            + path(base)
                            + (query == null ? "" : "?" + query));
        }
        return base.resolve(written);
    }

    private static URI withoutFragment(URI address) {
        String text = address.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? address : URI.create(text.substring(0, hash));
    }

    private static @Nullable URI parse(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException _) {
            return null; // the caller says what it was for
        }
    }

    // Sites write spaces, quotes and brackets that browsers escape without a word.
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t' || c == '\n' || c == '\r') {
                continue;
            }
            if (c == '%' && !isEscape(text, i)) {
                escaped.append("%25");
            } else if (" \"<>\\^`{|}".indexOf(c) >= 0) {
                escaped.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static boolean isEscape(String text, int at) {
        return at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0;
    }
}
