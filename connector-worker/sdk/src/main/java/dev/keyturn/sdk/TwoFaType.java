package dev.keyturn.sdk;

/** What the person has to look for. Further kinds may be added. */
public enum TwoFaType {
    /** A code sent by e-mail. */
    EMAIL,
    /** A code sent by SMS. */
    SMS,
    /** A code shown by an authenticator app. */
    APP_CODE,
    /** One of the codes that the site once gave for emergencies. */
    RECOVERY_CODE,
    /** The answer to a question; the question is the {@link TwoFaOptions#prompt()}. */
    SECURITY_QUESTION,
    /** Which of several accounts, devices or methods; costs no attempt. */
    CHOICE
}
