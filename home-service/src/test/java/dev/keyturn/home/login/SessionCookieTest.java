package dev.keyturn.home.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.home.config.HomeConfig;
import dev.keyturn.home.web.Site;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookieTest {

    @Test
    void onLoopbackThePortStandsInTheName() {
        NewCookie cookie = cookie("http://127.0.0.1:7710");

        assertThat(cookie.getName()).isEqualTo("keyturn_7710");
        assertThat(cookie.isSecure()).isFalse();
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo(NewCookie.SameSite.STRICT);
        assertThat(cookie.getMaxAge()).isEqualTo(60);
    }

    @Test
    void onTlsTheBrowserIsMadeToInsist() {
        NewCookie cookie = cookie("https://home.example.org");

        assertThat(cookie.getName()).isEqualTo("__Host-keyturn");
        assertThat(cookie.isSecure()).isTrue();
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getDomain()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:7700", "ftp://x", "http://x/path", "http://"})
    void whatIsNoAddressOfASiteStopsTheStart(String url) {
        assertThatThrownBy(() -> cookie(url)).hasMessageContaining("keyturn.home.base-url=" + url);
    }

    private static NewCookie cookie(String baseUrl) {
        HomeConfig config =
                new SmallRyeConfigBuilder()
                        .withConverter(Duration.class, 200, new DurationConverter())
                        .withMapping(HomeConfig.class)
                        .withSources(
                                new PropertiesConfigSource(
                                        Map.of("keyturn.home.base-url", baseUrl), "test", 100))
                        .build()
                        .getConfigMapping(HomeConfig.class);
        return new SessionCookie(new Site(config)).write("token", Duration.ofMinutes(1));
    }
}
