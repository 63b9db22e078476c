package dev.keyturn.worker.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a host. */
@FunctionalInterface
interface Resolver {

    /** The system's own. */
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /** At least one address. */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
