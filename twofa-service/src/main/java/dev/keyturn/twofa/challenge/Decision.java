package dev.keyturn.twofa.challenge;

import dev.keyturn.events.ChallengeFact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command led to, to be written in one transaction. The facts are sent before the replies.
 *
 * @param challenge where the challenge stands now; absent if there is none
 * @param facts for the log
 * @param replies for who waits
 * @param given the verdict that is new; absent if none was given, or it was given before
 * @param ignored why nothing came of it; absent if something did
 */
public record Decision(
        @Nullable Challenge challenge,
        List<ChallengeFact> facts,
        List<Answer> replies,
        @Nullable Given given,
        @Nullable Ignored ignored) {

    public Decision {
        facts = List.copyOf(facts);
        replies = List.copyOf(replies);
    }

    static Decision ignored(@Nullable Challenge challenge, Ignored why) {
        return new Decision(challenge, List.of(), List.of(), null, why);
    }

    static Decision replying(@Nullable Challenge challenge, List<Answer> replies) {
        return new Decision(challenge, List.of(), replies, null, null);
    }

    static Decision ended(Challenge challenge, ChallengeFact fact, List<Answer> replies) {
        return new Decision(challenge, List.of(fact), replies, null, null);
    }
}
