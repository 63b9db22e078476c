package dev.keyturn.home.status;

/** Where a challenge stands for the person who is asked. */
public enum ChallengeState {
    OPEN,
    /** Answered; the code is neither accepted nor refused yet. */
    CHECKING,
    /** Answered, and the code was refused. */
    REJECTED,
    ENDED
}
