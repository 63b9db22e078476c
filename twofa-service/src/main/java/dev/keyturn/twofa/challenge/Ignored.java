package dev.keyturn.twofa.challenge;

/** Why a command of a worker or of the sweeper changed nothing. */
public enum Ignored {
    /** A worker that no longer holds the run: an alarm. */
    LOWER_EPOCH,
    /** It names another owner, account or run than the challenge has: an alarm. */
    FOREIGN,
    /** The challenge is not known, or no longer. */
    UNKNOWN_CHALLENGE,
    /** It ended before. */
    ENDED,
    /** The deadline was moved after the sweep that sent it. */
    DEADLINE_MOVED
}
