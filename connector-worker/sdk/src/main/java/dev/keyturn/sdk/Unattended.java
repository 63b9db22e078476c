package dev.keyturn.sdk;

/** Whether a connector can run while nobody watches. */
public enum Unattended {
    /** Always. */
    YES,
    /** Never: each sign-in needs the person. */
    NO,
    /** Until the site asks for a code. */
    UNTIL_ASKED
}
