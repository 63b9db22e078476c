package dev.keyturn.events;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fact about a run. */
public sealed interface RunFact extends ConnectorEvent
        permits RunQueued, WorkerFact, ChallengeFact {

    /** The run; absent only where a code was given for a challenge that nobody knows. */
    @Nullable UUID runId();
}
