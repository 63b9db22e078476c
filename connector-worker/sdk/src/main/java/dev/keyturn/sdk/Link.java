package dev.keyturn.sdk;

import java.net.URI;

/**
 * A link on a page.
 *
 * @param text what one reads, white space collapsed
 * @param address where it leads, absolute
 */
public record Link(String text, URI address) {

    @Override
    public String toString() {
        return "Link[" + text + ", " + ShownAddress.of(address) + "]";
    }
}
