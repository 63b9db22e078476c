/**
 * What connector authors compile against. A connector is a class that implements {@link
 * dev.keyturn.sdk.Connector}, named in {@code META-INF/services/dev.keyturn.sdk.Connector} of its
 * jar. It sees this package and the JDK, and nothing else of Keyturn.
 *
 * <p>A complete connector for a site that asks for a code by SMS:
 *
 * <pre>{@code
 * public final class Example implements Connector {
 *     public ConnectorInfo info() {
 *         return ConnectorInfo.of("example", "Example", "1.0.0")
 *                 .fields(Field.text("login", "Login"), Field.password("password", "Password"))
 *                 .hosts("www.example.org")
 *                 .factors(TwoFaType.SMS)
 *                 .unattended(Unattended.UNTIL_ASKED);
 *     }
 *
 *     public void run(Login login) {
 *         login.deactivateAutoSuccessfulLogin();
 *         if (!login.resumeSession(session -> session.get(HOME).has("#me"))) {
 *             signIn(login);
 *         }
 *         login.notifySuccessfulLogin();
 *         Page bill = login.session().get("https://www.example.org/bill.pdf");
 *         login.saveDocument(Document.of("bill.pdf", "application/pdf", bill.bytes()));
 *     }
 *
 *     private void signIn(Login login) {
 *         Page page = login.signIn(SignInForm.at("https://www.example.org/login", "#login")
 *                 .fill("user", login.fields().get("login"))
 *                 .fill("password", login.fields().get("password")));
 *         if (page.has("#wrong")) {
 *             throw ConnectorFailure.said(Reason.LOGIN_FAILED, page.text("#wrong"));
 *         }
 *         TwoFaOptions sms = TwoFaOptions.of(TwoFaType.SMS).digits(6);
 *         while (page.has("form#code")) {
 *             Page asking = page;
 *             TwoFaCode code = login.waitForTwoFaCode(sms);
 *             page = login.step("send code", Page.class, () -> login.session()
 *                     .submit(asking.form("form#code").fill("code", code.reveal())));
 *             sms = sms.retry(page.text("#code-error"));
 *         }
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.keyturn.sdk;

import org.jspecify.annotations.NullMarked;
