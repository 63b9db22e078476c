package dev.keyturn.worker.http;

import dev.keyturn.sdk.Page;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * A page as a step remembers it: can be written as JSON and read again.
 *
 * @param address with its query
 * @param headers those that say how to read the body and where a redirect leads, names in lower
 *     case
 * @param body in Base64
 */
public record StoredPage(String address, int status, Map<String, String> headers, String body) {

    public StoredPage {
        headers = Map.copyOf(headers);
    }

    /** Takes what is needed of a page. */
    public static StoredPage of(Page page) {
        Map<String, String> kept = new TreeMap<>();
        for (String name : new String[] {"content-type", "location"}) {
            page.header(name).ifPresent(value -> kept.put(name, value));
        }
        return new StoredPage(
                page.address().toString(),
                page.status(),
                kept,
                Base64.getEncoder().encodeToString(page.bytes()));
    }

    /** The page again. */
    public Page toPage() {
        return new HtmlPage(URI.create(address), status, headers, Base64.getDecoder().decode(body));
    }

    @Override
    public String toString() {
        return "StoredPage[" + status + "]";
    }
}
