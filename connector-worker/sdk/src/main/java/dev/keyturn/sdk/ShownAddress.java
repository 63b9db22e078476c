package dev.keyturn.sdk;

import java.net.URI;

/** Addresses as they may be logged and shown: without user, query and fragment. */
public final class ShownAddress {

    private ShownAddress() {}

    /** {@code https://host/path} of {@code https://user@host/path?code=1#x}. */
    public static String of(URI address) {
        if (address.getHost() == null) {
            return "(an address without host)";
        }
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return address.getScheme() + "://" + address.getHost() + port + path;
    }
}
