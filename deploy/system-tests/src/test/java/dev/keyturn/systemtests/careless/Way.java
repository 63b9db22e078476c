package dev.keyturn.systemtests.careless;

/** What a careless author does with what he was entrusted with; the login says which. */
public enum Way {
    /**
     * Nothing wrong but that everything is the result of a step; the second code is the right one.
     */
    SIGNS_IN,
    /** An exception says it all, and so do its cause and what it suppressed. */
    THROWS,
    /** A typed failure has such a cause. */
    HAS_A_CAUSE,
    /** A typed failure tells the person. */
    SAYS,
    /** The site repeats what was typed, and that is what the person is told. */
    REPEATS,
    /** A document is called by it. */
    NAMES_A_DOCUMENT,
    /** A redirect with the token in its address leads to what answers 503. */
    IS_SENT_TO_WHAT_IS_DOWN,
    /** It leads to a connection that is cut off. */
    IS_SENT_TO_WHAT_BREAKS_OFF,
    /** It leads to another site, where the connector may not go. */
    IS_SENT_AWAY,
    /** It leads to itself. */
    IS_SENT_IN_A_CIRCLE,
    /** It leads to what is no address. */
    IS_SENT_NOWHERE,
    /** The token is in a header that cannot be sent. */
    HAS_A_BAD_HEADER,
    /** The token is in an address that cannot be read. */
    HAS_A_BAD_ADDRESS,
    /** A step's result cannot be written, and says why. */
    RETURNS_WHAT_CANNOT_BE_WRITTEN,
    /** The person is late. */
    WAITS_IN_VAIN
}
