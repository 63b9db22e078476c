package dev.keyturn.events;

import java.util.UUID;

/** What twofa-service decided about a challenge. */
public sealed interface ChallengeFact extends RunFact
        permits TwoFaAnswered,
                TwoFaExtended,
                TwoFaExpired,
                TwoFaCancelled,
                TwoFaClosed,
                TwoFaCodeTurnedAway {

    /** The challenge. */
    UUID challengeId();
}
