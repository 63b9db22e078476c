package dev.keyturn.connectors.keycloak;

import dev.keyturn.sdk.CodeFormat;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.sdk.TwoFaType;
import java.util.Optional;

/** The pages that ask for a code, each with its form. */
enum CodePage {
    APP(
            "login-login-otp",
            "#kc-otp-login-form",
            "otp",
            "#input-error-otp",
            TwoFaType.APP_CODE,
            true,
            ""),
    RECOVERY(
            "login-login-recovery-authn-code-input",
            "#kc-recovery-code-login-form",
            "recoveryCodeInput",
            "#input-error-recoveryCodeInput",
            TwoFaType.RECOVERY_CODE,
            false,
            "#kc-recovery-code-login-form label"),
    /** Not Keycloak's own: an extension that many realms have in this or a like form. */
    EMAIL(
            "login-email-code",
            "#kc-email-code-form",
            "emailCode",
            "#input-error-email-code",
            TwoFaType.EMAIL,
            true,
            "#email-code-sent");

    // How many digits is the realm's to say, 6 or 8 as a rule.
    private static final CodeFormat DIGITS = new CodeFormat(CodeFormat.Kind.DIGITS, 0, 8);
    private static final CodeFormat TEXT = CodeFormat.text(64);

    private final String pageId;
    private final String form;
    private final String input;
    private final String error;
    private final TwoFaType type;
    private final boolean digits;
    private final String words;

    CodePage(
            String pageId,
            String form,
            String input,
            String error,
            TwoFaType type,
            boolean digits,
            String words) {
        this.pageId = pageId;
        this.form = form;
        this.input = input;
        this.error = error;
        this.type = type;
        this.digits = digits;
        this.words = words;
    }

    static Optional<CodePage> of(String pageId) {
        for (CodePage page : values()) {
            if (page.pageId.equals(pageId)) {
                return Optional.of(page);
            }
        }
        return Optional.empty();
    }

    TwoFaType type() {
        return type;
    }

    /** How the realm's list of methods tells this one; empty if it is not told from others. */
    Optional<Where.Method.Kind> method() {
        return switch (this) {
            case APP -> Optional.of(Where.Method.Kind.APP);
            case RECOVERY -> Optional.of(Where.Method.Kind.RECOVERY);
            case EMAIL -> Optional.empty();
        };
    }

    String form() {
        return form;
    }

    String input() {
        return input;
    }

    /** Why the last code was refused; empty if none was. */
    String refusal(Page page) {
        return page.text(error);
    }

    /** What to ask the person. */
    TwoFaOptions options(Page page) {
        String text = words.isEmpty() ? "" : page.text(words);
        return TwoFaOptions.of(type)
                .format(digits ? DIGITS : TEXT)
                .prompt(text.isEmpty() ? null : text);
    }
}
