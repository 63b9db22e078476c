package dev.keyturn.sdk;

import java.util.Map;
import java.util.function.Supplier;

/**
 * One run of a connector, seen from inside: the person's fields, the site's session, and the verbs
 * by which the connector says where it stands. To be used on the thread that {@link Connector#run}
 * was called on.
 *
 * <p>Any method may throw {@link RunStopped} when the run was cancelled or goes on in another
 * worker.
 */
public interface Login {

    /** The account's fields by name, as the person typed them. */
    Fields fields();

    /**
     * What the operator configured for this connector ({@code keyturn.worker.connector.SLUG.*}):
     * the last part of each key with its value. Empty if there is nothing.
     */
    Map<String, String> settings();

    /** Cookies and requests. Kept, sealed, between the runs of an account. */
    Session session();

    /** Whether a person started this run and waits for it. */
    boolean isManual();

    /**
     * Whether a person would be asked now. False in a run that nobody watches, and when the account
     * had too many prompts or wrong codes lately. Ask this <em>before</em> a request that makes the
     * site send a message, and end with {@link #cannotAsk()} if it is false.
     */
    boolean mayAsk();

    /**
     * The failure to throw when {@link #mayAsk()} is false: {@link
     * Reason#USER_ACTION_NEEDED_TWOFA_EXPIRED} in a run that nobody watches, {@link
     * Reason#USER_ACTION_NEEDED_ATTEMPTS_SPENT} when the account had too many prompts.
     *
     * <pre>{@code
     * if (!login.mayAsk()) {
     *     throw login.cannotAsk();
     * }
     * }</pre>
     */
    ConnectorFailure cannotAsk();

    /**
     * Home no longer presumes success because nothing failed for 8 s. Call it first in a connector
     * that calls {@link #notifySuccessfulLogin()}. Idempotent.
     */
    void deactivateAutoSuccessfulLogin();

    /**
     * The login is done. Accepts the last code for good and saves the session, so that a later
     * failure costs the person no other code. Idempotent.
     */
    void notifySuccessfulLogin();

    /**
     * Asks the person for a code and waits for it, as long as the options say. The wait holds no
     * slot and no thread of the operating system.
     *
     * <p>If the site then refuses the code, call it again with {@link TwoFaOptions#retry}: the
     * person reads that the code was wrong and types another.
     *
     * <p>While it waits the person may want another message, or another kind of second factor, if
     * the options offer that: then what they say is done, on this thread, and the wait goes on with
     * the next question. What the connector throws there ends the wait.
     *
     * @return the code. It is spent by the first {@link TwoFaCode#reveal()}, which belongs into the
     *     {@link #step} that sends it to the site
     * @throws ConnectorFailure {@link Reason#USER_ACTION_NEEDED_TWOFA_EXPIRED} when nobody answered
     *     in time, or at once when the run is not manual; {@link
     *     Reason#USER_ACTION_NEEDED_TWOFA_CANCELLED} when the person gave up; {@link
     *     Reason#USER_ACTION_NEEDED_ATTEMPTS_SPENT} when the account's budget of prompts or wrong
     *     codes is spent
     */
    TwoFaCode waitForTwoFaCode(TwoFaOptions options);

    /**
     * A named piece of the run whose result is remembered, with the cookies as they are at its end.
     * When the run is taken over by another worker a finished step returns what it returned before,
     * without being done again.
     *
     * <p>By a plain step its author says that repeating it is harmless; otherwise {@link
     * Step#once()}. Steps are told apart by their order and checked by name: a run that comes by
     * other steps than the first time ends with {@link Reason#UNKNOWN_ERROR}. Steps do not nest.
     */
    Step step(String name);

    /** Does a plain step: {@code step(name).run(type, body)}. */
    default <T> T step(String name, Class<T> type, Supplier<T> body) {
        return step(name).run(type, body);
    }

    /**
     * Signs in by a form, in a step named {@code signIn}: gets the page, takes the form with all
     * its hidden inputs, fills it, sends it with the page as {@code Referer} and follows the
     * redirects.
     *
     * @return the page on which it ended, for the connector to judge
     * @throws ConnectorFailure {@link Reason#UNKNOWN_ERROR}, naming form and page, if the form or
     *     one of the fields is not there; what {@link Session#send} throws
     */
    default Page signIn(SignInForm form) {
        return step(
                "signIn",
                Page.class,
                () -> session().send(form.filledOn(session().get(form.address())).toRequest(form)));
    }

    /**
     * Whether the session kept from an earlier run is still signed in, found out by the connector's
     * own test, in a step named {@code testSession}. If there is none, or the test says no, the
     * cookies are cleared and the connector has to sign in.
     */
    default boolean resumeSession(SessionTest testSession) {
        return step(
                "testSession",
                Boolean.class,
                () -> {
                    boolean alive = session().isKept() && testSession.isSignedIn(session());
                    if (!alive) {
                        session().clear();
                    }
                    return alive;
                });
    }

    /**
     * Stores what was fetched. Per account the same content is stored once, whatever its name.
     *
     * @throws ConnectorFailure {@link Reason#DISK_QUOTA_EXCEEDED} when there is no room
     */
    void saveDocument(Document document);
}
