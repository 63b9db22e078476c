package dev.keyturn.connectors.keycloak;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Login;
import dev.keyturn.sdk.Reason;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses of one realm.
 *
 * @param address {@code https://host/realms/name}, without a slash at its end
 * @param client by which the connector signs in
 * @param redirect where the realm sends back to
 */
record Realm(String address, String client, String redirect) {

    private static final Pattern ADDRESS = Pattern.compile("(https?://.+?/realms/[^/?#]+).*");

    static Realm of(Login login) {
        return of(login.fields().get("address"), login.settings());
    }

    /** Takes any address inside the realm, as one may copy it from a browser. */
    static Realm of(String typed, Map<String, String> settings) {
        Matcher matcher = ADDRESS.matcher(typed.strip());
        if (!matcher.matches()) {
            throw ConnectorFailure.of(
                    Reason.LOGIN_FAILED,
                    "The address is not that of a realm: must be as in"
                            + " https://login.example.org/realms/home.");
        }
        String address = matcher.group(1);
        String redirect = settings.getOrDefault("redirect", "{realm}/account/");
        return new Realm(
                address,
                settings.getOrDefault("client", "account-console"),
                redirect.replace("{realm}", address));
    }

    String authAddress() {
        return address + "/protocol/openid-connect/auth";
    }

    String tokenAddress() {
        return address + "/protocol/openid-connect/token";
    }

    String profileAddress() {
        return address + "/account/?userProfileMetadata=false";
    }
}
