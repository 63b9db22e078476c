package dev.keyturn.connectors.keycloak;

import dev.keyturn.sdk.Choice;
import dev.keyturn.sdk.Connector;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Document;
import dev.keyturn.sdk.Field;
import dev.keyturn.sdk.Login;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.Request;
import dev.keyturn.sdk.Session;
import dev.keyturn.sdk.TwoFaType;
import dev.keyturn.sdk.Unattended;
import java.time.Duration;

/**
 * Keycloak, at whatever address the person has it. Signs in by the built-in client {@code
 * account-console}, and saves the account's own profile as {@code profile.json}.
 *
 * <p>The operator may set {@code client} and {@code redirect} (an address of that client's; {@code
 * {realm}} stands for the realm's) where the built-in client is switched off.
 */
public final class KeycloakConnector implements Connector {

    /** As few wrong codes as this are asked for in one sign-in, since the realm counts them too. */
    static final int WRONG_CODES = 3;

    /** The field by which a person says which second factor to use. */
    static final String SECOND_FACTOR = "second-factor";

    /** {@link #SECOND_FACTOR}: a recovery code, where the realm offers it. */
    static final String RECOVERY = "recovery";

    @Override
    public ConnectorInfo info() {
        return ConnectorInfo.of("keycloak", "Keycloak", "1.0.0")
                .fields(
                        Field.url("address", "Address of the realm")
                                .help("As in https://login.example.org/realms/home")
                                .pattern("https?:\\/\\/.+\\/realms\\/.+"),
                        Field.text("username", "User name or e-mail"),
                        Field.password("password", "Password"),
                        Field.choice(
                                        SECOND_FACTOR,
                                        "Second factor",
                                        new Choice("app", "Authenticator app"),
                                        new Choice(RECOVERY, "Recovery code"))
                                .help("If the realm asks for one and lets you choose")
                                .optional())
                .factors(
                        TwoFaType.APP_CODE,
                        TwoFaType.RECOVERY_CODE,
                        TwoFaType.EMAIL,
                        TwoFaType.CHOICE)
                .unattended(Unattended.UNTIL_ASKED)
                .codes(Duration.ofSeconds(30), WRONG_CODES);
    }

    @Override
    public void run(Login login) {
        login.deactivateAutoSuccessfulLogin();
        Realm realm = Realm.of(login);
        new SignIn(login, realm).run();
        login.notifySuccessfulLogin();
        String profile =
                login.step("profile", String.class, () -> fetchProfile(login.session(), realm));
        login.saveDocument(Document.of("profile.json", "application/json", profile));
    }

    // A code of its own, made and used in here, so that the step can be repeated.
    private static String fetchProfile(Session session, Realm realm) {
        AuthRequest request = AuthRequest.fresh(realm);
        String code =
                request.codeFrom(
                        session.send(
                                Request.get(request.withoutPage())
                                        .accept("text/html")
                                        .stopAt(realm.redirect())));
        Page tokens =
                session.send(
                        Request.post(realm.tokenAddress(), request.exchange(code))
                                .accept("application/json"));
        String token = tokens.status() == 200 ? tokens.json("/access_token").orElse("") : "";
        if (token.isEmpty()) {
            throw ConnectorFailure.of(
                    Reason.USER_ACTION_NEEDED_PERMISSIONS_CHANGED,
                    "The realm gave no access token (status %d).".formatted(tokens.status()));
        }
        return profile(session, realm, token);
    }

    private static String profile(Session session, Realm realm, String token) {
        Page profile =
                session.send(
                        Request.get(realm.profileAddress())
                                .accept("application/json")
                                .header("Authorization", "Bearer " + token));
        if (profile.status() != 200 || profile.json("/username").isEmpty()) {
            throw ConnectorFailure.of(
                    Reason.USER_ACTION_NEEDED_PERMISSIONS_CHANGED,
                    "The account's profile cannot be read (status %d)."
                            .formatted(profile.status()));
        }
        return profile.body();
    }
}
