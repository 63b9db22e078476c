package dev.keyturn.twofa.db;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.service.reading.Received;
import dev.keyturn.twofa.challenge.Decision;

/** A command and what it led to. */
public record Decided(Received received, Decision decision) {

    /** The command; the topic holds nothing else. */
    public ChallengeCommand command() {
        return (ChallengeCommand) received.message();
    }
}
