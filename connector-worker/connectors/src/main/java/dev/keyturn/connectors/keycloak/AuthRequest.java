package dev.keyturn.connectors.keycloak;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One request for a code, with the secrets (state, PKCE verifier) that belong to it. */
final class AuthRequest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Realm realm;
    private final String state = random();
    private final String verifier = random();

    private AuthRequest(Realm realm) {
        this.realm = realm;
    }

    static AuthRequest fresh(Realm realm) {
        return new AuthRequest(realm);
    }

    /** Where the realm shows its login page, or sends back at once if it knows the session. */
    String address() {
        return realm.authAddress() + "?" + encode(query());
    }

    /** The same, but never with a page. */
    String withoutPage() {
        return address() + "&prompt=none";
    }

    /** What exchanges a code for tokens. */
    Map<String, String> exchange(String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", realm.client());
        form.put("code", code);
        form.put("redirect_uri", realm.redirect());
        form.put("code_verifier", verifier);
        return form;
    }

    /** The code in the redirect that answers this request. */
    String codeFrom(Page answer) {
        Map<String, String> query = answer.location().map(AuthRequest::query).orElse(Map.of());
        if (query.containsKey("error") || !state.equals(query.get("state"))) {
            throw ConnectorFailure.of(
                    Reason.UNKNOWN_ERROR,
                    "The realm gave no code to a session that is signed in (status %d, error %s)."
                            .formatted(answer.status(), query.getOrDefault("error", "none")));
        }
        return query.getOrDefault("code", "");
    }

    /** The parameters in an address's query. */
    static Map<String, String> query(URI address) {
        Map<String, String> query = new HashMap<>();
        String raw = address.getRawQuery() == null ? "" : address.getRawQuery();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", realm.client());
        query.put("response_type", "code");
        query.put("scope", "openid");
        query.put("redirect_uri", realm.redirect());
        query.put("state", state);
        query.put("nonce", random());
        query.put("code_challenge", challenge(verifier));
        query.put("code_challenge_method", "S256");
        return query;
    }

    private static String encode(Map<String, String> query) {
        return query.entrySet().stream()
                .map(
                        e ->
                                e.getKey()
                                        + "="
                                        + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return base64(bytes);
    }

    private static String challenge(String verifier) {
        try {
            return base64(
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
