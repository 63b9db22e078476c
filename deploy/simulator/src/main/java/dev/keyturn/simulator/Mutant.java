package dev.keyturn.simulator;

/** A Keyturn that is broken on purpose, to see that the simulator finds it. */
public enum Mutant {
    /** Messages are deleted from the outbox before the broker has them. */
    SENT_BEFORE_ACKNOWLEDGED("nothing lost"),
    /** A reader's position goes on before what was read is applied. */
    POSITION_AHEAD("nothing lost"),
    /** A lease that is over is never judged. */
    NOBODY_ADOPTS("nothing lost"),
    /** A reply that went by unread is never asked for again. */
    NOBODY_ASKS_AGAIN("nothing lost"),
    /** What a run has done before its worker died is not found again. */
    JOURNAL_FORGOTTEN("asked once"),
    /** Neither a code's use nor the step that uses it is noted before it is done. */
    REVEAL_NOT_NOTED("asked once"),
    /** What must not be repeated is not noted when it begins. */
    ONCE_NOT_NOTED("asked once"),
    /** twofa-service does not see what it has decided. */
    DECIDED_TWICE("one decision"),
    /** The deadline is judged by when a code is read, not by when it was given. */
    JUDGED_WHEN_READ("one decision"),
    /** The verdict of a submission is not remembered. */
    VERDICT_FORGOTTEN("one decision"),
    /** The key of a challenge is kept when the run has passed it. */
    KEY_KEPT("secrets are sealed"),
    /** A code stands in a message as it was typed. */
    CODE_IN_CLEAR("secrets are sealed"),
    /** Who has lost a run may still write. */
    ZOMBIES_WRITE("order"),
    /** Later messages of an account are sent before earlier ones. */
    OUTBOX_SKIPS("order"),
    /** A request to the site may begin although the lease is over. */
    LEASE_NOT_LOOKED_AT("order"),
    /** What is shown is folded with facts that were applied before. */
    FACTS_APPLIED_AGAIN("time is data"),
    /** A run that waits keeps its slot. */
    WAITING_KEEPS_ITS_SLOT("waiting is free"),
    /** A command that is read again is done again. */
    COMMANDS_DONE_AGAIN("replay is safe");

    private final String invariant;

    Mutant(String invariant) {
        this.invariant = invariant;
    }

    /** The invariant that it breaks. */
    public String invariant() {
        return invariant;
    }
}
