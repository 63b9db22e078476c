package dev.keyturn.worker.http;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.ShownAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Says where a request may go, and to which addresses exactly. */
record Doors(HostRules hosts, NetworkRules network, Resolver resolver) {

    /**
     * The addresses to connect to. They, and not the name, are to be used, so that what was checked
     * is what is reached.
     *
     * @throws ConnectorFailure naming the address and the rule that it breaks
     */
    List<InetAddress> open(URI address) {
        if (!Addresses.isTls(address) && !network.plainHttp()) {
            throw refused(address, "only https is");
        }
        if (!hosts.allow(Addresses.host(address))) {
            throw refused(
                    address, "the connector talks to " + hosts.hosts().stream().sorted().toList());
        }
        return allowedOf(address, resolve(Addresses.host(address)));
    }

    private List<InetAddress> allowedOf(URI address, List<InetAddress> resolved) {
        List<InetAddress> allowed = new ArrayList<>();
        List<String> closed = new ArrayList<>();
        for (InetAddress one : resolved) {
            network.closed(one)
                    .ifPresentOrElse(
                            kind -> closed.add(one.getHostAddress() + " is " + kind),
                            () -> allowed.add(one));
        }
        if (allowed.isEmpty()) {
            throw refused(address, String.join(", ", closed));
        }
        return allowed;
    }

    private List<InetAddress> resolve(String host) {
        try {
            return resolver.resolve(host);
        } catch (UnknownHostException e) {
            throw ConnectorFailure.of(
                    Reason.VENDOR_DOWN, "The host " + host + " cannot be found.", e);
        }
    }

    private static ConnectorFailure refused(URI address, String why) {
        return ConnectorFailure.of(
                Reason.UNKNOWN_ERROR,
                "The address %s is not allowed: %s.".formatted(ShownAddress.of(address), why));
    }
}
