package dev.keyturn.worker.testing;

import dev.keyturn.sdk.Connector;
import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Document;
import dev.keyturn.sdk.Field;
import dev.keyturn.sdk.Login;
import dev.keyturn.sdk.Page;
import dev.keyturn.sdk.Reason;
import dev.keyturn.sdk.TwoFaCode;
import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.sdk.TwoFaType;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connector that does what the account's field {@code script} says. */
public final class Scripted implements Connector {

    @Override
    public ConnectorInfo info() {
        return ConnectorInfo.of("scripted", "Scripted", "1.0.0")
                .fields(
                        Field.url("site", "Site"),
                        Field.text("script", "Script"),
                        Field.password("password", "Password"),
                        Field.text("seconds", "Seconds").optional())
                .factors(TwoFaType.SMS)
                .asSandbox();
    }

    @Override
    public void run(Login login) {
        switch (login.fields().get("script")) {
            case "plain" -> plain(login);
            case "code" -> code(login, true);
            case "rounds" -> rounds(login);
            case "polite" -> polite(login);
            case "gives-up-and-asks-again" -> givesUpAndAsksAgain(login);
            case "code-then-fail" -> code(login, false);
            case "two-codes" -> twoCodes(login);
            case "code-without-step" -> codeWithoutStep(login);
            case "kept" -> kept(login);
            case "home-then-kept" -> {
                login.step("home", Page.class, () -> login.session().get(at(login, "/home")));
                kept(login);
            }
            case "code-slow" -> codeSlow(login);
            case "spin" -> spin();
            case "other-way" -> otherWay(login);
            case "throws" -> throw new IllegalStateException(login.fields().get("password"));
            case "wrong-password" ->
                    throw ConnectorFailure.said(Reason.LOGIN_FAILED, "Wrong\u001b[31m password");
            case "slow" -> slow(login);
            case "unsafe" -> unsafe(login);
            case "loop" -> loop(login);
            case "reveals-twice" -> revealsTwice(login);
            case "swallows" -> swallows(login);
            case String other -> throw new IllegalArgumentException(other);
        }
    }

    private static String at(Login login, String path) {
        return login.fields().get("site") + path;
    }

    private static void plain(Login login) {
        login.deactivateAutoSuccessfulLogin();
        login.deactivateAutoSuccessfulLogin();
        Page home = login.step("home", Page.class, () -> login.session().get(at(login, "/home")));
        login.notifySuccessfulLogin();
        login.notifySuccessfulLogin();
        bill(login, home);
    }

    private static void bill(Login login, Page home) {
        Page bill = login.session().get(at(login, "/bill"));
        login.saveDocument(
                Document.of("../bill of " + home.status(), "application/pdf", bill.bytes()));
    }

    private static void code(Login login, boolean well) {
        login.deactivateAutoSuccessfulLogin();
        long seconds = Long.parseLong(login.fields().find("seconds").orElse("60"));
        TwoFaOptions sms =
                TwoFaOptions.of(TwoFaType.SMS)
                        .to("••42")
                        .prompt("Enter the code.")
                        .digits(6)
                        .until(Instant.now().plusSeconds(seconds));
        boolean in = false;
        while (!in) {
            TwoFaCode code = login.waitForTwoFaCode(sms);
            Page answer =
                    login.step(
                            "send code",
                            Page.class,
                            () ->
                                    login.session()
                                            .post(
                                                    at(login, "/code"),
                                                    Map.of("code", code.reveal())));
            in = answer.has("#ok");
            sms = sms.retry(answer.text("#wrong"));
        }
        if (!well) {
            login.saveDocument(Document.of("one", "text/plain", "one"));
            throw ConnectorFailure.of(Reason.VENDOR_DOWN);
        }
        login.notifySuccessfulLogin();
    }

    /** Reveals the first outside of any step, and asks for another. */
    private static void twoCodes(Login login) {
        String first = login.waitForTwoFaCode(TwoFaOptions.of(TwoFaType.SMS)).reveal();
        login.session().get(at(login, "/home"));
        TwoFaCode second = login.waitForTwoFaCode(TwoFaOptions.of(TwoFaType.SMS));
        login.step(
                "send codes",
                Page.class,
                () ->
                        login.session()
                                .post(at(login, "/code"), Map.of("code", second.reveal() + first)));
    }

    private static void codeWithoutStep(Login login) {
        TwoFaCode code = login.waitForTwoFaCode(TwoFaOptions.of(TwoFaType.SMS));
        login.session().post(at(login, "/code"), Map.of("code", code.reveal()));
        login.notifySuccessfulLogin();
    }

    /** Offers another message and another way; what the site shows then says what is asked. */
    private static void rounds(Login login) {
        TwoFaCode code = login.waitForTwoFaCode(question(login, null));
        login.step(
                "send code",
                Page.class,
                () -> login.session().post(at(login, "/code"), Map.of("code", code.reveal())));
        login.notifySuccessfulLogin();
    }

    private static TwoFaOptions question(Login login, @Nullable Page page) {
        boolean mail = page != null && page.has("#mail");
        return TwoFaOptions.of(mail ? TwoFaType.EMAIL : TwoFaType.SMS)
                .to(page == null ? "••42" : page.text("p"))
                .digits(6)
                .until(Instant.now().plusSeconds(60))
                .extendableTo(Instant.now().plusSeconds(120))
                .resend(
                        Instant.now(),
                        () -> login.session().post(at(login, "/resend"), Map.of()),
                        next -> question(login, next))
                .method(
                        mail ? TwoFaType.SMS : TwoFaType.EMAIL,
                        () -> login.session().post(at(login, "/mail"), Map.of()),
                        next -> question(login, next));
    }

    private static void polite(Login login) {
        if (!login.mayAsk()) {
            throw login.cannotAsk();
        }
        login.step("send", Page.class, () -> login.session().get(at(login, "/home")));
        if (!login.mayAsk()) {
            throw login.cannotAsk();
        }
        code(login, true);
    }

    private static void givesUpAndAsksAgain(Login login) {
        try {
            rounds(login);
        } catch (ConnectorFailure e) {
            code(login, true);
        }
    }

    private static void codeSlow(Login login) {
        TwoFaCode code = login.waitForTwoFaCode(TwoFaOptions.of(TwoFaType.SMS));
        login.step(
                "send code",
                Page.class,
                () -> login.session().post(at(login, "/slow"), Map.of("code", code.reveal())));
    }

    private static void spin() {
        long end = System.nanoTime() + 6_000_000_000L;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Comes by another step each time. */
    private static void otherWay(Login login) {
        String name = "at " + System.nanoTime();
        login.step(name, Page.class, () -> login.session().get(at(login, "/home")));
        login.waitForTwoFaCode(TwoFaOptions.of(TwoFaType.SMS));
    }

    private static void kept(Login login) {
        login.deactivateAutoSuccessfulLogin();
        if (!login.resumeSession(session -> session.get(at(login, "/home")).has("#in"))) {
            code(login, true);
        }
        login.notifySuccessfulLogin();
    }

    private static void slow(Login login) {
        login.deactivateAutoSuccessfulLogin();
        login.step("slow", Page.class, () -> login.session().get(at(login, "/slow")));
        login.step("after", Page.class, () -> login.session().get(at(login, "/home")));
        login.notifySuccessfulLogin();
    }

    private static void unsafe(Login login) {
        login.session().post(at(login, "/code"), Map.of("code", "000000"));
        login.session().get(at(login, "/slow"));
    }

    private static void loop(Login login) {
        while (true) {
            login.session().get(at(login, "/home"));
        }
    }

    private static void revealsTwice(Login login) {
        TwoFaCode code = login.waitForTwoFaCode(TwoFaOptions.of(TwoFaType.SMS));
        login.step(
                "twice", String.class, () -> code.reveal().length() + "/" + code.reveal().length());
    }

    private static void swallows(Login login) {
        try {
            loop(login);
        } catch (Throwable t) {
            login.notifySuccessfulLogin();
        }
    }
}
