package dev.keyturn.seal;

/** What is inside a JWE; its {@code typ}. */
public enum SealedKind {
    /** A person's code, sealed to one challenge. */
    CODE("kt-code", 4_096),
    /** An account's field values, sealed into the fleet. */
    CREDENTIALS("kt-credentials", 65_536),
    /** The cookies of an account's kept session, among workers. */
    SESSION("kt-session", 1_048_576),
    /** What a step of a run returned, with the cookies after it, among workers. */
    STEP("kt-step", 33_554_432),
    /** The private key of a challenge, among workers. */
    CHALLENGE_KEY("kt-challenge-key", 8_192),
    /** An account's field values as workers keep them. */
    KEPT("kt-kept", 131_072);

    private final String typ;
    private final int maxLength;

    SealedKind(String typ, int maxLength) {
        this.typ = typ;
        this.maxLength = maxLength;
    }

    /** The {@code typ} of its header. */
    public String typ() {
        return typ;
    }

    /** How many characters the compact form has at most. */
    public int maxLength() {
        return maxLength;
    }
}
