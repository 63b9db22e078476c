package dev.keyturn.home.status;

/** How a challenge ended. */
public enum ChallengeEnd {
    ACCEPTED,
    EXPIRED,
    CANCELLED,
    CLOSED,
    RUN_ENDED
}
