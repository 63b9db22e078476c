package dev.keyturn.sandbox.users;

/** How the site treats a user: fairly, or as sites do on their bad days. */
public enum Behaviour {
    FAIR,
    /** The right password leads to a page that wants a new one. */
    PASSWORD_TOO_OLD,
    /** The statements are a page of 50 MB. */
    HUGE_PAGE,
    /** Redirects without end once signed in. */
    REDIRECT_LOOP,
    /** The right password brings the sign-in page back, without its form. */
    NO_FORM,
    /** The right password brings an error 500. */
    SERVER_ERROR,
    /** The statements take their time. */
    SLOW_PAGE,
    /** The statements take their time, and then the session is over. */
    SLOW_REFUSAL,
    /** Names and messages are full of what must be shown as text, or not at all. */
    NASTY_TEXT,
    /** The right password redirects to an address that a connector must not open. */
    FORBIDDEN_REDIRECT
}
