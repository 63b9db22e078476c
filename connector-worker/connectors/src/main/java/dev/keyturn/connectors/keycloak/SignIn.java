package dev.keyturn.connectors.keycloak;

import dev.keyturn.sdk.Choice;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Form;
import dev.keyturn.sdk.Login;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.Request;
import dev.keyturn.sdk.TwoFaCode;
import dev.keyturn.sdk.TwoFaOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One sign-in: from page to page until the realm sends back. Used once. */
final class SignIn {

    private static final Pattern TOGGLE = Pattern.compile("toggleOTP\\(\\d+, *'([^']+)'\\)");

    private final Login login;
    private final Realm realm;
    private final Set<String> passwordPages = new HashSet<>();
    private @Nullable CodePage asked;
    private @Nullable String device;
    private boolean otherWay;
    private int wrongCodes;

    /** The page on which the code is typed: another one once the person took the other method. */
    private @Nullable Page codePage;

    private @Nullable CodePage codeKind;

    SignIn(Login login, Realm realm) {
        this.login = login;
        this.realm = realm;
    }

    /**
     * Ends when the realm knows the session.
     *
     * @throws ConnectorFailure if it ends otherwise
     */
    void run() {
        Page page = login.step("open", Page.class, this::open);
        while (true) {
            switch (Where.of(page)) {
                case Where.SignedIn _ -> {
                    return;
                }
                case Where.AsksPassword password -> page = password(page, password.pageId());
                case Where.NeedsBrowser _ -> page = otherWay(page);
                case Where.AsksMethod choice -> page = method(page, choice.methods());
                case Where.AsksCode code -> page = code(page, code);
            }
        }
    }

    private Page open() {
        return send(Request.get(AuthRequest.fresh(realm).address()));
    }

    private Page password(Page page, String pageId) {
        if (!passwordPages.add(pageId)) {
            throw ConnectorFailure.of(
                    Reason.USER_ACTION_NEEDED_SITE_EXPIRED,
                    "The realm started its login over, without a word.");
        }
        return login.step("send password", Page.class, () -> send(filled(page).toRequest()));
    }

    // Some realms ask for name and password on two pages.
    private Form filled(Page page) {
        Form form = page.form("#kc-form-login");
        for (String field : List.of("username", "password")) {
            if (form.has(field)) {
                form = form.fill(field, login.fields().get(field));
            }
        }
        return form;
    }

    private Page code(Page page, Where.AsksCode code) {
        boolean otherIsWished = wantsRecovery() && code.kind() == CodePage.APP && !otherWay;
        if (otherIsWished && page.has(Where.OTHER_WAY)) {
            return otherWay(page);
        }
        if (!login.mayAsk()) {
            throw login.cannotAsk();
        }
        TwoFaOptions options = options(page, code);
        if (code.kind() == CodePage.APP && device == null) {
            device = chooseDevice(page).orElse(null);
        }
        codePage = page;
        codeKind = code.kind();
        TwoFaCode answer = login.waitForTwoFaCode(withOtherMethods(options, page, code.kind()));
        Page asking = Objects.requireNonNull(codePage);
        CodePage kind = Objects.requireNonNull(codeKind);
        asked = kind;
        return login.step(
                "send code",
                Page.class,
                () -> send(codeForm(asking, kind, answer.reveal()).toRequest()));
    }

    /**
     * The realm says that there is another way, and which only to who asks for it. Where it turns
     * out to be none for a person without a browser, the question is the same again.
     */
    private TwoFaOptions withOtherMethods(TwoFaOptions options, Page page, CodePage kind) {
        TwoFaOptions offering = options;
        if (page.has(Where.OTHER_WAY) && kind.method().isPresent()) {
            for (CodePage other : List.of(CodePage.APP, CodePage.RECOVERY)) {
                if (other != kind) {
                    offering =
                            offering.method(
                                    other.type(),
                                    () -> change(page, kind, other),
                                    next -> questionAfter(next, other));
                }
            }
        }
        return offering;
    }

    private Page change(Page page, CodePage from, CodePage to) {
        Page list = send(page.form(Where.OTHER_WAY).toRequest());
        if (!(Where.of(list) instanceof Where.AsksMethod choice)) {
            return list;
        }
        int position =
                position(choice.methods(), to)
                        .or(() -> position(choice.methods(), from))
                        .orElseThrow(
                                () ->
                                        ConnectorFailure.of(
                                                Reason.USER_ACTION_NEEDED_WEBAUTH_REQUIRED));
        return send(list.forms(Where.METHODS).get(position).toRequest());
    }

    private static Optional<Integer> position(List<Where.Method> methods, CodePage page) {
        return page.method().flatMap(kind -> first(methods, kind));
    }

    private TwoFaOptions questionAfter(Page page, CodePage wanted) {
        if (!(Where.of(page) instanceof Where.AsksCode code)) {
            throw ConnectorFailure.of(
                    Reason.USER_ACTION_NEEDED_SITE_EXPIRED,
                    "The realm did not ask for a code when another method was chosen.");
        }
        codePage = page;
        codeKind = code.kind();
        TwoFaOptions options = code.kind().options(page);
        return code.kind() == wanted ? withOtherMethods(options, page, code.kind()) : options;
    }

    private TwoFaOptions options(Page page, Where.AsksCode code) {
        TwoFaOptions options = code.kind().options(page);
        if (asked != code.kind()) {
            return options;
        }
        if (code.refusal().isEmpty()) {
            throw ConnectorFailure.of(
                    Reason.USER_ACTION_NEEDED_SITE_EXPIRED, "The realm did not judge the code.");
        }
        wrongCodes++;
        int left = KeycloakConnector.WRONG_CODES - wrongCodes;
        if (left <= 0) {
            throw ConnectorFailure.said(Reason.USER_ACTION_NEEDED_WRONG_TWOFA_CODE, code.refusal());
        }
        return options.retry(code.refusal()).wrongCodesLeft(left);
    }

    private Form codeForm(Page page, CodePage kind, String code) {
        Form form = page.form(kind.form()).fill(kind.input(), code);
        return kind == CodePage.APP && device != null
                ? form.fill("selectedCredentialId", device)
                : form;
    }

    private Optional<String> chooseDevice(Page page) {
        List<Choice> devices = devices(page);
        if (devices.size() < 2) {
            return Optional.empty();
        }
        TwoFaCode chosen = login.waitForTwoFaCode(TwoFaOptions.choice(devices));
        return Optional.of(login.step("device", String.class, chosen::reveal));
    }

    // The ids of the devices stand only in what a click on them would do.
    private static List<Choice> devices(Page page) {
        List<Choice> devices = new ArrayList<>();
        List<String> clicks = page.attrs("[id^=kc-otp-credential-]", "onclick");
        List<String> names = page.texts("[id^=kc-otp-credential-]");
        for (int i = 0; i < clicks.size(); i++) {
            Matcher toggle = TOGGLE.matcher(clicks.get(i));
            if (toggle.find()) {
                devices.add(new Choice(toggle.group(1), names.get(i)));
            }
        }
        return devices;
    }

    private Page method(Page page, List<Where.Method> methods) {
        int position =
                first(methods, wantsRecovery() ? Where.Method.Kind.RECOVERY : Where.Method.Kind.APP)
                        .or(() -> first(methods, Where.Method.Kind.APP))
                        .or(() -> first(methods, Where.Method.Kind.RECOVERY))
                        .orElseThrow(
                                () ->
                                        ConnectorFailure.of(
                                                Reason.USER_ACTION_NEEDED_WEBAUTH_REQUIRED));
        return login.step(
                "choose method",
                Page.class,
                () -> send(page.forms(Where.METHODS).get(position).toRequest()));
    }

    private static Optional<Integer> first(List<Where.Method> methods, Where.Method.Kind kind) {
        return methods.stream()
                .filter(method -> method.kind() == kind)
                .map(Where.Method::position)
                .findFirst();
    }

    private Page otherWay(Page page) {
        if (otherWay) {
            throw ConnectorFailure.of(
                    Reason.USER_ACTION_NEEDED_WEBAUTH_REQUIRED,
                    "The realm offers no method that works without a browser.");
        }
        otherWay = true;
        return login.step(
                "other method", Page.class, () -> send(page.form(Where.OTHER_WAY).toRequest()));
    }

    private boolean wantsRecovery() {
        return login.fields()
                .find(KeycloakConnector.SECOND_FACTOR)
                .filter(KeycloakConnector.RECOVERY::equals)
                .isPresent();
    }

    private Page send(Request request) {
        return login.session().send(request.accept("text/html").stopAt(realm.redirect()));
    }
}
