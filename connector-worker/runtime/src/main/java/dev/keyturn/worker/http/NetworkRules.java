package dev.keyturn.worker.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which networks a session may reach: public addresses, and those that the operator allows.
 *
 * @param plainHttp whether {@code http} is allowed beside {@code https}
 * @param allowed networks that may be reached although they are not public
 */
public record NetworkRules(boolean plainHttp, List<Network> allowed) {

    private static final List<Kind> CLOSED =
            List.of(
                    kind("an unspecified", "0.0.0.0/8", "::/128"),
                    kind("a loopback", "127.0.0.0/8", "::1/128"),
                    kind("a private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
                    kind("a shared", "100.64.0.0/10"),
                    kind("a link-local", "169.254.0.0/16", "fe80::/10"),
                    kind("a unique-local", "fc00::/7", "fec0::/10"),
                    kind("a multicast", "224.0.0.0/4", "ff00::/8"),
                    kind(
                            "a reserved",
                            "192.0.0.0/24",
                            "192.0.2.0/24",
                            "198.18.0.0/15",
                            "198.51.100.0/24",
                            "203.0.113.0/24",
                            "240.0.0.0/4",
                            "100::/64",
                            "2001:db8::/32"));

    // Addresses of the new protocol that stand for one of the old.
    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
    private static final Network COMPATIBLE = Network.parse("::/96");

    private record Kind(String name, List<Network> networks) {}

    private static Kind kind(String name, String... networks) {
        return new Kind(name, Arrays.stream(networks).map(Network::parse).toList());
    }

    public NetworkRules {
        allowed = List.copyOf(allowed);
    }

    /** TLS and public addresses only. */
    public static final NetworkRules STRICT = new NetworkRules(false, List.of());

    /** Empty if the address may be reached, else what kind of address it is. */
    public Optional<String> closed(InetAddress address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return Optional.empty();
        }
        InetAddress meant = meant(address);
        return CLOSED.stream()
                .filter(kind -> kind.networks().stream().anyMatch(n -> n.contains(meant)))
                .findFirst()
                .or(() -> closedAsWritten(address))
                .map(kind -> kind.name() + " address");
    }

    private static Optional<Kind> closedAsWritten(InetAddress address) {
        return CLOSED.stream()
                .filter(kind -> kind.networks().stream().anyMatch(n -> n.contains(address)))
                .findFirst();
    }

    private static InetAddress meant(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address) || (COMPATIBLE.contains(address) && !isOneOrNone(bytes))) {
            return v4(bytes, 12);
        }
        return SIX_TO_FOUR.contains(address) ? v4(bytes, 2) : address;
    }

    private static boolean isOneOrNone(byte[] bytes) {
        return bytes[12] == 0 && bytes[13] == 0 && bytes[14] == 0 && (bytes[15] & 0xfe) == 0;
    }

    private static InetAddress v4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** Addresses that begin with the same bits. */
    public record Network(InetAddress first, int bits) {

        /**
         * Reads {@code 10.0.0.0/8} or {@code fc00::/7}.
         *
         * @throws IllegalArgumentException naming the value, if it is none
         */
        public static Network parse(String cidr) {
            String[] parts = cidr.strip().split("/", -1);
            try {
                // Only literals: a name would be looked up.
                if (parts.length == 2
                        && parts[0].matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                    InetAddress address = InetAddress.getByName(parts[0]);
                    int bits = Integer.parseInt(parts[1]);
                    if (bits >= 0 && bits <= address.getAddress().length * 8) {
                        return new Network(address, bits);
                    }
                }
            } catch (UnknownHostException | NumberFormatException e) {
                throw new IllegalArgumentException(notANetwork(cidr), e);
            }
            throw new IllegalArgumentException(notANetwork(cidr));
        }

        private static String notANetwork(String cidr) {
            return "network=" + cidr + ": must be an address and its bits, as 10.0.0.0/8";
        }

        boolean contains(InetAddress address) {
            byte[] ours = first.getAddress();
            byte[] theirs = address.getAddress();
            if (first instanceof Inet4Address != address instanceof Inet4Address) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
