package dev.keyturn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Field;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "93.184.216.34, ",
        "2606:2800:220:1::1, ",
        "0.0.0.0, an unspecified address",
        "127.0.0.1, a loopback address",
        "127.9.9.9, a loopback address",
        "10.1.2.3, a private address",
        "172.16.0.1, a private address",
        "172.31.255.255, a private address",
        "172.32.0.1, ",
        "192.168.1.1, a private address",
        "100.64.0.1, a shared address",
        "169.254.169.254, a link-local address",
        "224.0.0.1, a multicast address",
        "255.255.255.255, a reserved address",
        "198.18.0.1, a reserved address",
        "::, an unspecified address",
        "::1, a loopback address",
        "fe80::1, a link-local address",
        "fc00::1, a unique-local address",
        "fd12:3456::1, a unique-local address",
        "ff02::1, a multicast address",
        "::ffff:10.0.0.1, a private address",
        "::10.0.0.1, a private address",
        "64:ff9b::a9fe:a9fe, a link-local address",
        "2002:7f00:1::1, a loopback address",
        "2002:5db8:d822::1, "
    })
    void onlyPublicAddressesAreOpen(String address, String kind) throws Exception {
        assertThat(NetworkRules.STRICT.closed(InetAddress.getByName(address)).orElse(null))
                .isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "::1, true", "10.0.0.1, false", "::2, true"})
    void allowedNetworksAreOpen(String address, boolean open) throws Exception {
        NetworkRules rules =
                new NetworkRules(
                        false,
                        List.of(
                                NetworkRules.Network.parse("127.0.0.0/8"),
                                NetworkRules.Network.parse("::/126")));

        assertThat(rules.closed(InetAddress.getByName(address)).isEmpty()).isEqualTo(open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "host/8", "10.0.0.0/x", "", "::1/129"})
    void whatIsNoNetworkIsNamed(String text) {
        assertThatThrownBy(() -> NetworkRules.Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network=" + text + ": must be an address and its bits, as 10.0.0.0/8");
    }

    @Test
    void hostsComeFromTheConnectorTheAccountAndTheOperator() {
        ConnectorInfo info =
                ConnectorInfo.of("x", "X", "1")
                        .hosts("www.x.org", "*.cdn.org")
                        .fields(Field.url("address", "Address"), Field.text("other", "Other"));

        HostRules rules =
                HostRules.of(
                        info,
                        Map.of("address", "https://Mine.example/realm", "other", "https://no.org"),
                        Map.of("address", "http://localhost:7701", "client", "c"));

        assertThat(rules.hosts())
                .containsExactlyInAnyOrder("www.x.org", "*.cdn.org", "mine.example", "localhost");
        assertThat(rules.allow("WWW.x.org")).isTrue();
        assertThat(rules.allow("a.cdn.org")).isTrue();
        assertThat(rules.allow("cdn.org")).isFalse();
        assertThat(rules.allow("evilcdn.org")).isFalse();
        assertThat(rules.allow("no.org")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /b              | https://x.org/b
                    b?c=d e         | https://x.org/p/b?c=d%20e
                    ?z=1            | https://x.org/p/q?z=1
                    ''              | https://x.org/p/q?y=1
                    #top            | https://x.org/p/q?y=1
                    //y.org/a#b     | https://y.org/a
                    HTTPS://y.org   | HTTPS://y.org
                    a{b%zz          | https://x.org/p/a%7Bb%25zz
                    javascript:x()  |
                    mailto:a@b.c    |
                    https:///x      |
                    """)
    void referencesAreReadAsBrowsersReadThem(String reference, String expected) {
        String result =
                Addresses.resolve(java.net.URI.create("https://x.org/p/q?y=1"), reference)
                        .map(Object::toString)
                        .orElse(null);

        assertThat(result).isEqualTo(expected);
    }
}
