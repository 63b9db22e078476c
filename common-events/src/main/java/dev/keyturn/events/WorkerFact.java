package dev.keyturn.events;

import java.util.UUID;

/** A fact that the worker which holds a run writes. */
public sealed interface WorkerFact extends RunFact
        permits LoginStarted,
                AutoSuccessDisabled,
                TwoFaRequested,
                TwoFaResent,
                TwoFaRejected,
                LoginSucceeded,
                LoginFailed,
                DocumentSaved,
                RunAdopted,
                RunFinished,
                RunFailed {

    @Override
    UUID runId();

    /** The number of the run's claim; a fact of a lower one than was seen is a zombie's. */
    long epoch();
}
