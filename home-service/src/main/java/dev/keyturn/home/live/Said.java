package dev.keyturn.home.live;

import dev.keyturn.home.view.AccountView;
import dev.keyturn.home.view.ChallengeView;
import dev.keyturn.home.view.Offers.ConnectorView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An event of the live stream. Each carries the server's time. */
sealed interface Said {

    /** The event's name on the stream. */
    String name();

    /** What there is. */
    record Snapshot(Instant now, List<AccountView> accounts, List<ChallengeView> challenges)
            implements Said {
        @Override
        public String name() {
            return "snapshot";
        }
    }

    /** How an account is now. */
    record Account(Instant now, AccountView account) implements Said {
        @Override
        public String name() {
            return "account";
        }
    }

    /** An account is not there any more. */
    record Removed(Instant now, UUID id, long version) implements Said {
        @Override
        public String name() {
            return "account-removed";
        }
    }

    /** How a challenge is now. */
    record Challenge(Instant now, ChallengeView challenge) implements Said {
        @Override
        public String name() {
            return "challenge";
        }
    }

    /** What can be signed in to now. */
    record Connectors(Instant now, List<ConnectorView> connectors) implements Said {
        @Override
        public String name() {
            return "connectors";
        }
    }

    /**
     * The stream lives.
     *
     * @param behind whether Home cannot see what happens now, so that what it said may be old
     */
    record Heartbeat(Instant now, boolean behind) implements Said {
        @Override
        public String name() {
            return "heartbeat";
        }
    }

    /** The stream ends. */
    record Bye(Instant now, String why) implements Said {
        @Override
        public String name() {
            return "bye";
        }
    }
}
