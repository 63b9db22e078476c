package dev.keyturn.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SdkTest {

    @ParameterizedTest
    @CsvSource({
        "'123456', 123456, true",
        "' 123 456 ', 123456, true",
        "'123-456', 123456, true",
        "'123\u00a0456', 123456, true",
        "'12345', 12345, false",
        "'1234567', 1234567, false",
        "'12a456', 12a456, false",
        "'١٢٣٤٥٦', ١٢٣٤٥٦, false",
        "'', '', false"
    })
    void sixDigitsAreSixDigitsHoweverTheyAreTyped(String typed, String clean, boolean fits) {
        CodeFormat six = CodeFormat.digits(6);

        assertThat(six.clean(typed)).isEqualTo(clean);
        assertThat(six.accepts(six.clean(typed))).isEqualTo(fits);
    }

    @Test
    void textKeepsItsSpacesAndHyphens() {
        assertThat(CodeFormat.ANY.clean(" ab-c d ")).isEqualTo("ab-c d");
        assertThat(CodeFormat.text(3).accepts("abc")).isTrue();
        assertThat(CodeFormat.text(3).accepts("abcd")).isFalse();
        assertThat(CodeFormat.ANY.accepts("")).isFalse();
    }

    @Test
    void anAnswerToAChoiceIsOneOfTheIds() {
        TwoFaOptions choice =
                TwoFaOptions.choice(List.of(new Choice("1", "phone"), new Choice("2", "tablet")));

        assertThat(choice.accepts("2")).isTrue();
        assertThat(choice.accepts("phone")).isFalse();
        assertThatThrownBy(() -> TwoFaOptions.choice(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void optionsAreWhatWasSaid() {
        Instant end = Instant.parse("2026-03-01T12:00:00Z");

        TwoFaOptions options =
                TwoFaOptions.of(TwoFaType.SMS)
                        .to("••42")
                        .prompt("Type it")
                        .digits(6)
                        .until(end)
                        .extendableTo(end.plusSeconds(60))
                        .retry("Wrong")
                        .wrongCodesLeft(2);

        assertThat(options.type()).isEqualTo(TwoFaType.SMS);
        assertThat(options.destination()).contains("••42");
        assertThat(options.prompt()).contains("Wrong");
        assertThat(options.format()).isEqualTo(CodeFormat.digits(6));
        assertThat(options.endTime()).contains(end);
        assertThat(options.extendableTo()).contains(end.plusSeconds(60));
        assertThat(options.isRetry()).isTrue();
        assertThat(options.wrongCodesLeft()).contains(2);
        assertThat(TwoFaOptions.email().type()).isEqualTo(TwoFaType.EMAIL);
    }

    @Test
    void anotherMessageAndOtherMethodsArePartOfTheQuestionAndLeaveItAsItWas() {
        Instant from = Instant.parse("2026-03-01T10:00:10Z");
        TwoFaOptions sms = TwoFaOptions.of(TwoFaType.SMS);
        TwoFaOptions more =
                sms.resend(from, SdkTest::noPage, _ -> sms)
                        .method(TwoFaType.EMAIL, SdkTest::noPage, _ -> sms)
                        .method(TwoFaType.APP_CODE, SdkTest::noPage, _ -> sms);

        assertThat(more.resendFrom()).contains(from);
        assertThat(more.resend()).isPresent();
        assertThat(more.methods()).containsOnlyKeys(TwoFaType.EMAIL, TwoFaType.APP_CODE);
        assertThat(sms.resend()).isEmpty();
        assertThat(sms.methods()).isEmpty();
    }

    private static Page noPage() {
        throw new AssertionError("nothing is asked of the site");
    }

    @Test
    void aBudgetIsBetweenOneAndTenThousand() {
        ConnectorInfo info = ConnectorInfo.of("site", "Site", "1");
        assertThat(info.budget()).isEqualTo(new Budget(3, 5));
        assertThat(info.perHour(1, 10_000).budget()).isEqualTo(new Budget(1, 10_000));
        assertThatThrownBy(() -> info.perHour(0, 5)).hasMessageContaining("wrong codes an hour=0");
        assertThatThrownBy(() -> info.perHour(3, 10_001))
                .hasMessageContaining("prompts an hour=10001");
    }

    /** The list of the reference, and Keyturn's own; on the wire these never change. */
    @Test
    void allReasonsHaveTheirDottedNames() {
        assertThat(Arrays.stream(Reason.values()).map(Reason::code))
                .containsExactlyInAnyOrder(
                        "LOGIN_FAILED",
                        "LOGIN_FAILED.NEEDS_SECRET",
                        "LOGIN_FAILED.TOO_MANY_ATTEMPTS",
                        "USER_ACTION_NEEDED",
                        "USER_ACTION_NEEDED.OAUTH_OUTDATED",
                        "USER_ACTION_NEEDED.ACCOUNT_REMOVED",
                        "USER_ACTION_NEEDED.CHANGE_PASSWORD",
                        "USER_ACTION_NEEDED.PERMISSIONS_CHANGED",
                        "USER_ACTION_NEEDED.CGU_FORM",
                        "USER_ACTION_NEEDED.SCA_REQUIRED",
                        "USER_ACTION_NEEDED.TWOFA_EXPIRED",
                        "USER_ACTION_NEEDED.WRONG_TWOFA_CODE",
                        "USER_ACTION_NEEDED.WEBAUTH_REQUIRED",
                        "USER_ACTION_NEEDED.TWOFA_CANCELLED",
                        "USER_ACTION_NEEDED.TWOFA_DENIED",
                        "USER_ACTION_NEEDED.SITE_EXPIRED",
                        "USER_ACTION_NEEDED.ATTEMPTS_SPENT",
                        "CHALLENGE_ASKED",
                        "CAPTCHA_RESOLUTION_FAILED",
                        "VENDOR_DOWN",
                        "VENDOR_DOWN.BANK_DOWN",
                        "MAINTENANCE",
                        "DISK_QUOTA_EXCEEDED",
                        "TERMS_VERSION_MISMATCH",
                        "UNKNOWN_ERROR",
                        "UNKNOWN_ERROR.PARTIAL_SYNC",
                        "CANCELLED",
                        "NOT_STARTED",
                        "INTERRUPTED");
    }

    @Test
    void nothingThatHoldsASecretPrintsIt() {
        TwoFaCode code =
                new TwoFaCode() {
                    @Override
                    protected String open() {
                        return "secret";
                    }
                };
        URI page = URI.create("https://user@x.org:8443/p?t=secret#secret");
        Form form =
                new Form(
                        "#f",
                        page,
                        page,
                        "POST",
                        List.of(new FormValue("a", "secret")),
                        Set.of("a"),
                        List.of());

        assertThat(code).asString().isEqualTo("TwoFaCode[redacted]");
        assertThat(code.reveal()).isEqualTo("secret");
        assertThat(form).asString().isEqualTo("Form[#f at https://x.org:8443/p, [a=…]]");
        assertThat(form.toRequest()).asString().isEqualTo("POST https://x.org:8443/p");
        assertThat(Request.post("https://x.org/", Map.of("a", "secret")))
                .asString()
                .doesNotContain("secret");
        assertThat(SignInForm.at("https://x.org/", "#f").fill("a", "secret"))
                .asString()
                .doesNotContain("secret");
        assertThat(new Link("text", page)).asString().doesNotContain("secret");
        assertThat(new Cookie("n", "secret", "x.org", true, "/", null, true, true))
                .asString()
                .doesNotContain("secret");
        assertThat(Document.of("n", "text/plain", "secret")).asString().doesNotContain("secret");
    }

    @Test
    void aFailureKeepsTheSitesWordsApartFromOurs() {
        Instant until = Instant.parse("2026-03-01T12:00:00Z");

        ConnectorFailure failure =
                ConnectorFailure.said(Reason.LOGIN_FAILED, " Wrong password. ").until(until);

        assertThat(failure.reason()).isEqualTo(Reason.LOGIN_FAILED);
        assertThat(failure.siteWords()).contains("Wrong password.");
        assertThat(failure.detail()).isEqualTo("LOGIN_FAILED");
        assertThat(failure.until()).contains(until);
        assertThat(ConnectorFailure.said(Reason.LOGIN_FAILED, " ").siteWords()).isEmpty();
    }

    @Test
    void anEmptyFieldIsNamed() {
        Fields fields = _ -> java.util.Optional.empty();

        assertThatThrownBy(() -> fields.get("password"))
                .isInstanceOfSatisfying(
                        ConnectorFailure.class,
                        failure -> {
                            assertThat(failure.reason())
                                    .isEqualTo(Reason.LOGIN_FAILED_NEEDS_SECRET);
                            assertThat(failure.detail()).isEqualTo("The field password is empty.");
                        });
    }

    @Test
    void aFieldSaysWhatIsWrongWithAValue() {
        Field digits = Field.text("zip", "Zip").pattern("[0-9]{5}");
        Field choice = Field.choice("kind", "Kind", new Choice("a", "A")).optional();

        assertThat(digits.problem("12345")).isEmpty();
        assertThat(digits.problem("1234")).contains("does not match [0-9]{5}");
        assertThat(digits.problem(" ")).contains("is empty");
        assertThat(choice.problem("")).isEmpty();
        assertThat(choice.problem("b")).contains("is none of [a]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "1a", "a_b", "a b"})
    void aConnectorsSlugIsASlug(String slug) {
        assertThatThrownBy(() -> ConnectorInfo.of(slug, "X", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slug=" + slug + ": must be [a-z][a-z0-9-]{0,39}");
    }

    @Test
    void aConnectorsDeclarationIsCheckedAtOnce() {
        ConnectorInfo info = ConnectorInfo.of("x", "X", "1");

        assertThatThrownBy(() -> info.hosts("https://x.org"))
                .hasMessage("host of connector x=https://x.org: must be a host name");
        assertThatThrownBy(() -> info.fields(Field.text("a", "A"), Field.text("a", "B")))
                .hasMessage("fields of connector x=[a, a]: must be named once each");
        assertThat(info.hosts("WWW.X.org", "*.y.org", "[::1]").hosts())
                .containsExactly("www.x.org", "*.y.org", "[::1]");
    }
}
