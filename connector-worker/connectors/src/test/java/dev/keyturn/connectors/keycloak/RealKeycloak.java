package dev.keyturn.connectors.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyturn.connectors.FakeLogin;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.worker.http.HttpLimits;
import dev.keyturn.worker.http.NetworkRules;
import dev.keyturn.worker.http.VertxSessions;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * By hand, against a Keycloak that was just started with a realm of test users; its name keeps it
 * out of the build, where the system tests do the like. {@code -Dtest=RealKeycloak
 * -Dkeyturn.keycloak.realm=http://127.0.0.1:8180/realms/bank}
 */
@EnabledIfSystemProperty(named = "keyturn.keycloak.realm", matches = "http.*")
class RealKeycloak {

    private static final String ALICE = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String CAROL = "KRSXG5CTMVRXEZLUKN2XAZLSKN2HE2LO";
    private static final String IVAN_TABLET = "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U";
    private static final String WENDY = "O5SW4ZDZO5SW4ZDZO5SW4ZDZO5SW4ZDZ";

    private static Vertx vertx;
    private static VertxSessions sessions;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        sessions =
                new VertxSessions(
                        vertx,
                        HttpLimits.DEFAULT,
                        new NetworkRules(true, List.of(NetworkRules.Network.parse("127.0.0.0/8"))));
    }

    @AfterAll
    static void close() {
        sessions.close();
        var _ = vertx.close();
    }

    private static FakeLogin login(String user, String password, Map<String, String> more) {
        Map<String, String> fields = new HashMap<>(more);
        fields.put("address", System.getProperty("keyturn.keycloak.realm"));
        fields.put("username", user);
        fields.put("password", password);
        return new FakeLogin(new KeycloakConnector(), sessions, fields);
    }

    private static FakeLogin login(String user) {
        return login(user, user + "-pw", Map.of());
    }

    private static void assertProfileOf(String user, FakeLogin login) {
        assertThat(login.documents())
                .singleElement()
                .satisfies(
                        document ->
                                assertThat(new String(document.content(), StandardCharsets.UTF_8))
                                        .contains("\"username\":\"" + user + "\""));
    }

    @Test
    void aPasswordAloneAndThenTheKeptSession() {
        FakeLogin first = login("bob").run();
        FakeLogin second = login("bob").keeping(first).unwatched().run();

        assertProfileOf("bob", first);
        assertProfileOf("bob", second);
        assertThat(second.events()).doesNotContain("step send password");
    }

    @Test
    void aWrongCodeAndThenTheRightOneAndThenTheKeptSession() {
        FakeLogin first = login("alice").answer("000000").answer(totp(ALICE)).run();
        FakeLogin second = login("alice").keeping(first).unwatched().run();

        assertProfileOf("alice", first);
        assertThat(first.questions().get(1).isRetry()).isTrue();
        assertThat(first.questions().get(1).prompt()).contains("Invalid authenticator code.");
        assertProfileOf("alice", second);
        assertThat(second.questions()).isEmpty();
    }

    @Test
    void theSecondOfTwoDevices() {
        FakeLogin ivan =
                login("ivan")
                        .answer(
                                q ->
                                        q.choices().stream()
                                                .filter(c -> c.label().equals("tablet"))
                                                .findFirst()
                                                .orElseThrow()
                                                .id())
                        .answer(totp(IVAN_TABLET))
                        .run();

        assertProfileOf("ivan", ivan);
    }

    @Test
    void aRecoveryCodeIfItIsWishedAndElseTheApp() {
        FakeLogin byCode =
                login("carol", "carol-pw", Map.of("second-factor", "recovery"))
                        .answer("WRONGCODE111")
                        .answer(
                                q -> {
                                    assertThat(q.isRetry()).isTrue();
                                    return "CAROLCODEAA1";
                                })
                        .run();
        FakeLogin byApp = login("carol").answer(totp(CAROL)).run();

        assertProfileOf("carol", byCode);
        assertThat(byCode.questions().getFirst().prompt().orElse("")).contains("#1");
        assertProfileOf("carol", byApp);
    }

    @Test
    void theAppWhereASecurityKeyWouldDoToo() {
        assertProfileOf("wendy", login("wendy").answer(totp(WENDY)).run());
    }

    @ParameterizedTest
    @CsvSource({
        "bob, wrong, LOGIN_FAILED",
        "nobody-here, x, LOGIN_FAILED",
        "dave, dave-pw, USER_ACTION_NEEDED_CHANGE_PASSWORD",
        "erin, erin-pw, USER_ACTION_NEEDED_CGU_FORM",
        "peggy, peggy-pw, USER_ACTION_NEEDED",
        "frank, frank-pw, USER_ACTION_NEEDED_WEBAUTH_REQUIRED",
        "heidi, heidi-pw, LOGIN_FAILED_TOO_MANY_ATTEMPTS",
        "judy, judy-pw, USER_ACTION_NEEDED_TWOFA_EXPIRED"
    })
    void eachUserEndsWithTheirReason(String user, String password, Reason reason) {
        FakeLogin login = login(user, password, Map.of());

        ConnectorFailure failure = catchThrowableOfType(ConnectorFailure.class, login::run);

        assertThat(failure.reason()).as(failure.detail()).isEqualTo(reason);
    }

    @Test
    void threeWrongCodesEndAndALockIsSaidSo() {
        ConnectorFailure wrong =
                catchThrowableOfType(
                        ConnectorFailure.class,
                        () ->
                                login("grace")
                                        .answer("000000")
                                        .answer("000000")
                                        .answer("000000")
                                        .run());
        ConnectorFailure locked =
                catchThrowableOfType(
                        ConnectorFailure.class,
                        () ->
                                login("grace")
                                        .answer("000000")
                                        .answer("000000")
                                        .answer("000000")
                                        .run());

        assertThat(wrong.reason()).isEqualTo(Reason.USER_ACTION_NEEDED_WRONG_TWOFA_CODE);
        assertThat(locked.reason()).isEqualTo(Reason.LOGIN_FAILED_TOO_MANY_ATTEMPTS);
    }

    @ParameterizedTest
    @CsvSource({"no-such-realm", "bank/nothing"})
    void whatIsNoRealmSaysSo(String realm) {
        String address =
                System.getProperty("keyturn.keycloak.realm").replaceFirst("/[^/]+$", "/" + realm);
        FakeLogin login =
                new FakeLogin(
                        new KeycloakConnector(),
                        sessions,
                        Map.of("address", address, "username", "bob", "password", "bob-pw"));

        if (realm.startsWith("bank")) {
            assertProfileOf("bob", login.run());
        } else {
            ConnectorFailure failure = catchThrowableOfType(ConnectorFailure.class, login::run);
            assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_ERROR);
            assertThat(failure.siteWords()).isPresent();
        }
    }

    // RFC 6238: HMAC-SHA1, 30 s, 6 digits.
    private static Function<TwoFaOptions, String> totp(String base32) {
        return _ -> {
            try {
                Mac mac = Mac.getInstance("HmacSHA1");
                mac.init(new SecretKeySpec(decode(base32), "HmacSHA1"));
                byte[] hash =
                        mac.doFinal(
                                ByteBuffer.allocate(8)
                                        .putLong(System.currentTimeMillis() / 30_000)
                                        .array());
                int number = ByteBuffer.wrap(hash, hash[19] & 15, 4).getInt() & 0x7fffffff;
                return String.format(Locale.ROOT, "%06d", number % 1_000_000);
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static byte[] decode(String base32) {
        ByteBuffer bytes = ByteBuffer.allocate(base32.length() * 5 / 8);
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < base32.length(); i++) {
            buffer = buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(base32.charAt(i));
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (buffer >> bits));
            }
        }
        return bytes.array();
    }
}
