package dev.keyturn.home.live;

import dev.keyturn.home.view.AccountView;
import dev.keyturn.home.view.ChallengeView;
import java.util.UUID;

/** What a stream is told to look at. */
sealed interface Item {

    /** Begin anew: something may have been missed. */
    record Again() implements Item {}

    /** An account as it was when it was read. */
    record OfAccount(AccountView account) implements Item {}

    /** A challenge as it was when it was read. */
    record OfChallenge(ChallengeView challenge) implements Item {}

    /** An account that is not there any more. */
    record Gone(UUID account, long version) implements Item {}

    /** The catalogue changed. */
    record Catalog() implements Item {}

    /** Home sees again what happens, or does not any more. */
    record Beat() implements Item {}

    /** The session ended. */
    record Ended() implements Item {}
}
