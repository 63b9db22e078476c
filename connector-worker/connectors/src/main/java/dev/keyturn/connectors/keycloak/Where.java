package dev.keyturn.connectors.keycloak;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.ShownAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a sign-in stands. Told from {@code body[data-page-id]}, by which every page names itself,
 * and never from texts, which depend on language and theme; but for one case that only texts tell
 * ({@link #LOCKED}).
 *
 * <pre>
 *   AsksPassword ──> AsksCode ──> SignedIn
 *        │   └──────────^  │ ^        ^
 *        │              v  │ │        │
 *        │         AsksMethod┘        │
 *        └────────────────────────────┘
 * </pre>
 */
sealed interface Where {

    /** The realm sends back with a code. */
    record SignedIn() implements Where {}

    /** A login page without a word of refusal. */
    record AsksPassword(String pageId) implements Where {}

    /** A page for a code; {@code refusal} is why the last one was not taken, or empty. */
    record AsksCode(CodePage kind, String refusal) implements Where {}

    /** A page for a security key, which leads to {@link AsksMethod} besides. */
    record NeedsBrowser() implements Where {}

    /** The page with all methods. */
    record AsksMethod(List<Method> methods) implements Where {}

    /**
     * One method on that page.
     *
     * @param position of its form
     */
    record Method(Kind kind, int position) {
        enum Kind {
            APP,
            RECOVERY,
            OTHER
        }
    }

    /**
     * A realm that is not told otherwise hides a lock behind the words for a wrong password; one
     * that says so has no other sign for it than its words.
     */
    Pattern LOCKED = Pattern.compile("(?i)temporar|disabled|locked|too many");

    /** Form and page that lead to {@link AsksMethod}. */
    String OTHER_WAY = "#kc-select-try-another-way-form";

    /** The forms of {@link AsksMethod}, all with this one id. */
    String METHODS = "form[id=kc-select-credential-form]";

    /**
     * Judges an answer.
     *
     * @throws ConnectorFailure if it is an end
     */
    static Where of(Page page) {
        if (page.location().isPresent()) {
            return sentBack(page);
        }
        String id = page.attr("body", "data-page-id").orElse("");
        Optional<CodePage> code = CodePage.of(id);
        if (code.isPresent()) {
            return code(page, code.get());
        }
        return switch (id) {
            case "login-login", "login-login-username", "login-login-password" ->
                    password(page, id);
            case "login-select-authenticator" -> new AsksMethod(methods(page));
            case "login-webauthn-authenticate" -> {
                if (page.has(OTHER_WAY)) {
                    yield new NeedsBrowser();
                }
                throw ConnectorFailure.of(Reason.USER_ACTION_NEEDED_WEBAUTH_REQUIRED);
            }
            default -> throw ended(page, id);
        };
    }

    private static Where sentBack(Page page) {
        Map<String, String> query = page.location().map(AuthRequest::query).orElse(Map.of());
        if (query.containsKey("code")) {
            return new SignedIn();
        }
        // What the realm answers to a form that it has already forgotten.
        if (query.getOrDefault("error_description", "").equals("authentication_expired")) {
            throw ConnectorFailure.of(Reason.USER_ACTION_NEEDED_SITE_EXPIRED);
        }
        throw ConnectorFailure.of(
                Reason.UNKNOWN_ERROR,
                "The realm sent back with the error %s."
                        .formatted(query.getOrDefault("error", "?")));
    }

    private static Where password(Page page, String id) {
        String refusal = page.text("#input-error-username, #input-error-password, #input-error");
        if (!refusal.isEmpty()) {
            throw ConnectorFailure.said(refused(refusal, Reason.LOGIN_FAILED), refusal);
        }
        String alert = page.text("[class*=c-alert] .kc-feedback-text");
        if (alert.isEmpty()) {
            return new AsksPassword(id);
        }
        // The answer to a form carries its session_code in the address. Otherwise the realm has
        // sent us back to the beginning, as it does when the page before was too old.
        boolean answersForm = AuthRequest.query(page.address()).containsKey("session_code");
        throw ConnectorFailure.said(
                answersForm
                        ? Reason.LOGIN_FAILED_TOO_MANY_ATTEMPTS
                        : Reason.USER_ACTION_NEEDED_SITE_EXPIRED,
                alert);
    }

    private static Where code(Page page, CodePage kind) {
        String refusal = kind.refusal(page);
        if (LOCKED.matcher(refusal).find()) {
            throw ConnectorFailure.said(Reason.LOGIN_FAILED_TOO_MANY_ATTEMPTS, refusal);
        }
        return new AsksCode(kind, refusal);
    }

    private static Reason refused(String words, Reason otherwise) {
        return LOCKED.matcher(words).find() ? Reason.LOGIN_FAILED_TOO_MANY_ATTEMPTS : otherwise;
    }

    private static List<Method> methods(Page page) {
        List<String> icons = page.attrs(METHODS + " + * i[class*=list-view]", "class");
        if (icons.size() != page.forms(METHODS).size()) {
            throw ConnectorFailure.of(
                    Reason.CHALLENGE_ASKED, "The realm's list of methods cannot be read.");
        }
        List<Method> methods = new ArrayList<>();
        for (int i = 0; i < icons.size(); i++) {
            methods.add(new Method(kind(List.of(icons.get(i).strip().split("\\s+", -1))), i));
        }
        return List.copyOf(methods);
    }

    private static Method.Kind kind(List<String> icon) {
        if (icon.contains("fa-mobile")) {
            return Method.Kind.APP;
        }
        return icon.contains("fa-list") ? Method.Kind.RECOVERY : Method.Kind.OTHER;
    }

    private static ConnectorFailure ended(Page page, String id) {
        String title = page.text("#kc-page-title");
        return switch (id) {
            case "login-login-update-password" ->
                    ConnectorFailure.said(Reason.USER_ACTION_NEEDED_CHANGE_PASSWORD, title);
            case "login-terms" -> ConnectorFailure.said(Reason.USER_ACTION_NEEDED_CGU_FORM, title);
            case "login-login-oauth-grant" ->
                    ConnectorFailure.said(Reason.USER_ACTION_NEEDED_PERMISSIONS_CHANGED, title);
            case "login-login-page-expired" ->
                    ConnectorFailure.said(Reason.USER_ACTION_NEEDED_SITE_EXPIRED, title);
            case "login-info" ->
                    ConnectorFailure.said(Reason.USER_ACTION_NEEDED, page.text("#kc-info-message"));
            case "login-error" -> error(page);
            case "" ->
                    ConnectorFailure.of(
                            Reason.UNKNOWN_ERROR,
                            "%s (status %d) is no page of a Keycloak realm."
                                    .formatted(ShownAddress.of(page.address()), page.status()));
            default -> unknown(page, id, title);
        };
    }

    // The realm's cookies are gone, or it never had what was asked for.
    private static ConnectorFailure error(Page page) {
        boolean answersForm = AuthRequest.query(page.address()).containsKey("session_code");
        return ConnectorFailure.said(
                answersForm ? Reason.USER_ACTION_NEEDED_SITE_EXPIRED : Reason.UNKNOWN_ERROR,
                page.text("#kc-error-message p, #kc-error-message"));
    }

    private static ConnectorFailure unknown(Page page, String id, String title) {
        String path = String.valueOf(page.address().getPath());
        boolean isAction =
                path.endsWith("/login-actions/required-action")
                        || id.contains("config-totp")
                        || id.contains("verify-email");
        return isAction
                ? ConnectorFailure.said(Reason.USER_ACTION_NEEDED, title)
                : ConnectorFailure.of(
                        Reason.CHALLENGE_ASKED, "The realm shows the page " + id + ".");
    }
}
