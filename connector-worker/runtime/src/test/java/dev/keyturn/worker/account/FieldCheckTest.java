package dev.keyturn.worker.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Field;
import dev.keyturn.values.CredentialsRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FieldCheckTest {

    private static final ConnectorInfo SITE =
            ConnectorInfo.of("site", "Site", "1")
                    .fields(
                            Field.text("login", "Login").pattern("[a-z]+"),
                            Field.password("password", "Password"),
                            Field.text("note", "Note").optional());

    @Test
    void whatFitsHasNoProblem() {
        assertThat(FieldCheck.problem(SITE, Map.of("login", "ada", "password", "x"))).isEmpty();
        assertThat(FieldCheck.problem(SITE, Map.of("login", "ada", "password", "x", "note", "")))
                .isEmpty();
    }

    @Test
    void whatDoesNotFitNamesTheField() {
        assertThat(FieldCheck.problem(SITE, Map.of("login", "ada")))
                .hasValue(new FieldCheck.Problem(CredentialsRefusal.MISSING_FIELD, "password"));
        assertThat(FieldCheck.problem(SITE, Map.of("login", "ada", "password", " ")))
                .hasValue(new FieldCheck.Problem(CredentialsRefusal.MISSING_FIELD, "password"));
        assertThat(FieldCheck.problem(SITE, Map.of("login", "Ada", "password", "x")))
                .hasValue(new FieldCheck.Problem(CredentialsRefusal.WRONG_FORMAT, "login"));
    }

    @Test
    void aFieldThatNobodyKnowsIsNotNamed() {
        assertThat(
                        FieldCheck.problem(
                                SITE, Map.of("login", "ada", "password", "x", "secret42", "y")))
                .hasValue(new FieldCheck.Problem(CredentialsRefusal.UNKNOWN_FIELD, null));
    }

    @Test
    void whatDoesNotOpenIsToldApartByWhomItsEnvelopeNames() {
        UUID account = UUID.fromString("00000000-0000-0000-0000-000000000001");
        UUID other = UUID.fromString("00000000-0000-0000-0000-000000000002");
        assertThat(SealedFor.refusal(envelope(other, "site"), account, "site"))
                .isEqualTo(CredentialsRefusal.OTHER_ACCOUNT);
        assertThat(SealedFor.refusal(envelope(account, "bank"), account, "site"))
                .isEqualTo(CredentialsRefusal.OTHER_CONNECTOR);
        assertThat(SealedFor.refusal(envelope(account, "site"), account, "site"))
                .isEqualTo(CredentialsRefusal.UNREADABLE);
        assertThat(SealedFor.refusal("rubbish", account, "site"))
                .isEqualTo(CredentialsRefusal.UNREADABLE);
        assertThat(SealedFor.refusal("###.a.b", account, "site"))
                .isEqualTo(CredentialsRefusal.UNREADABLE);
    }

    private static String envelope(UUID account, String connector) {
        String header = "{\"account\":\"%s\",\"connector\":\"%s\"}".formatted(account, connector);
        return Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + "..a.b.c";
    }
}
