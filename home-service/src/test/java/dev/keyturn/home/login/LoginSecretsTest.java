package dev.keyturn.home.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.wire.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginSecretsTest {

    private static final String TOKEN = "hunter2hunter2";
    private static final Instant SOON = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void aTokenThatSignsInIsNotPrinted() {
        assertThat(
                        new LoginLinks.Issued(TOKEN, SOON)
                                + " "
                                + new SessionResource.Login(TOKEN)
                                + " "
                                + new SessionResource.Link("http://x/#login=" + TOKEN, SOON))
                .doesNotContain(TOKEN);
    }

    @Test
    void aTokenIsWrittenOnlyWithinItsLink() {
        assertThatThrownBy(
                        () -> Json.mapper().writeValueAsString(new LoginLinks.Issued(TOKEN, SOON)))
                .hasMessageContaining("is never written")
                .hasMessageNotContaining(TOKEN);
    }
}
