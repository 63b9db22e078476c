package dev.keyturn.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieJarTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final CookieJar jar = new CookieJar();

    /** Set at one address, and whether it is sent to another. */
    @ParameterizedTest(name = "{0} from {1} to {2}: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a=1                          | https://x.org/p/q    | https://x.org/p/r          | a=1
                    a=1                          | https://x.org/p/q    | https://x.org/p            | a=1
                    a=1                          | https://x.org/p/q    | https://x.org/pq           |
                    a=1                          | https://x.org/p/q    | https://x.org/             |
                    a=1                          | https://x.org/       | https://www.x.org/         |
                    a=1; Domain=x.org            | https://www.x.org/   | https://x.org/             | a=1
                    a=1; Domain=.x.org           | https://x.org/       | https://www.x.org/         | a=1
                    a=1; Domain=x.org            | https://x.org/       | https://notx.org/          |
                    a=1; Domain=other.org        | https://x.org/       | https://other.org/         |
                    a=1; Domain=org              | https://x.org/       | https://y.org/             |
                    a=1; Domain=sub.x.org        | https://x.org/       | https://sub.x.org/         |
                    a=1; Domain=127.0.0.1        | http://127.0.0.1/    | http://127.0.0.1/          | a=1
                    a=1; Path=/                  | https://x.org/p/q    | https://x.org/             | a=1
                    a=1; Path=/p/                | https://x.org/       | https://x.org/p            |
                    a=1; Path=relative           | https://x.org/p/q    | https://x.org/p/           | a=1
                    a=1; Secure                  | https://x.org/       | http://x.org/              |
                    a=1; Secure                  | http://x.org/        | https://x.org/             |
                    a=1; Secure                  | http://127.0.0.1/    | http://127.0.0.1:99/       | a=1
                    a=1; Secure                  | http://localhost/    | http://localhost/          | a=1
                    a=1; Secure                  | http://[::1]/        | http://[::1]/              | a=1
                    a=1; Max-Age=0               | https://x.org/       | https://x.org/             |
                    a=1; Max-Age=-5              | https://x.org/       | https://x.org/             |
                    a=1; Max-Age=99999999999999  | https://x.org/       | https://x.org/             | a=1
                    a=1; Max-Age=x               | https://x.org/       | https://x.org/             | a=1
                    a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT             | https://x.org/ | https://x.org/ |
                    a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=9  | https://x.org/ | https://x.org/ | a=1
                    a=1; Expires=nonsense        | https://x.org/       | https://x.org/             | a=1
                    a="b c=d"                    | https://x.org/       | https://x.org/             | a="b c=d"
                    =v                           | https://x.org/       | https://x.org/             | v
                    ;                            | https://x.org/       | https://x.org/             |
                    __Host-a=1; Secure; Path=/   | https://x.org/       | https://x.org/             | __Host-a=1
                    __Host-a=1; Secure           | https://x.org/       | https://x.org/             |
                    __Host-a=1; Secure; Path=/; Domain=x.org | https://x.org/ | https://x.org/       |
                    __Secure-a=1                 | https://x.org/       | https://x.org/             |
                    __Secure-a=1; Secure         | https://x.org/       | https://x.org/             | __Secure-a=1
                    """)
    void aCookieGoesWhereTheStandardSendsIt(String set, String from, String to, String sent) {
        jar.receive(URI.create(from), List.of(set), NOW);

        assertThat(jar.header(URI.create(to), NOW).orElse(null)).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Wed, 09 Jun 2027 10:18:14 GMT    | 2027-06-09T10:18:14Z
                    Wednesday, 09-Jun-27 10:18:14 GMT| 2027-06-09T10:18:14Z
                    Wed Jun  9 10:18:14 2027         | 2027-06-09T10:18:14Z
                    09-Jun-1999 1:2:3                | 1999-06-09T01:02:03Z
                    Mon, 31 Feb 2027 10:00:00 GMT    |
                    Mon, 01 Jan 1600 10:00:00 GMT    |
                    10:00:00                         |
                    """)
    void datesAreReadAsSitesWriteThem(String text, Instant expected) {
        assertThat(SetCookie.date(text).orElse(null)).isEqualTo(expected);
    }

    @Test
    void aCookieIsReplacedByItsNameDomainAndPath() {
        URI x = URI.create("https://x.org/p/");
        jar.receive(x, List.of("a=1; Path=/", "b=1", "a=2; Path=/", "a=3; Path=/p"), NOW);

        assertThat(jar.header(x, NOW)).contains("b=1; a=3; a=2");
    }

    @Test
    void expiryIsAbsoluteInTheExportedJar() {
        URI x = URI.create("https://x.org/");
        jar.receive(x, List.of("short=1; Max-Age=10", "long=1; Max-Age=100", "session=1"), NOW);
        CookieJar later = new CookieJar();

        later.restore(jar.export(NOW));

        assertThat(later.list(NOW)).isEqualTo(jar.list(NOW));
        assertThat(later.header(x, NOW.plusSeconds(10))).contains("long=1; session=1");
        assertThat(later.header(x, NOW.plusSeconds(100))).contains("session=1");
    }

    @Test
    void whatIsNoJarIsRefusedWithoutBeingQuoted() {
        assertThatThrownBy(() -> jar.restore("{secret".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("This is no exported cookie jar.")
                .hasNoCause();
    }

    @Test
    void valuesAreNotPrinted() {
        jar.receive(URI.create("https://x.org/"), List.of("a=secret"), NOW);

        assertThat(jar.list(NOW)).asString().doesNotContain("secret");
    }

    @Test
    void tooManyCookiesPushOutTheOldest() {
        URI x = URI.create("https://x.org/");
        for (int i = 0; i < 600; i++) {
            jar.receive(x, List.of("c" + i + "=1"), NOW);
        }

        assertThat(jar.list(NOW)).hasSize(500).first().extracting("name").isEqualTo("c100");
    }
}
