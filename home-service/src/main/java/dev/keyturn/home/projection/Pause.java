package dev.keyturn.home.projection;

/** Why Home holds an account back. */
public enum Pause {
    /**
     * The log names credentials that Home did not send: no run, no prompt, until others are saved.
     */
    FOREIGN_CREDENTIALS,
    /** Somebody asked for a code with a key that the fleet did not sign. The next run ends it. */
    UNSIGNED_CHALLENGE,
    /** The log says that the account was erased, which its owner did not ask for. */
    FOREIGN_ERASURE
}
