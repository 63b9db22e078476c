package dev.keyturn.twofa.challenge;

import dev.keyturn.commands.ChallengeCommand;
import dev.keyturn.wire.ReplyAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Commands that are decided one after the other, each on what the one before it left. */
public final class Series {

    /** By what a submission, or another command of a person, is known when it comes again. */
    public record Request(UUID accountId, UUID challengeId, UUID requestId) {

        /** Absent for a command that gets no verdict. */
        public static @Nullable Request of(ChallengeCommand command) {
            UUID request = Asked.requestId(command);
            return request == null
                    ? null
                    : new Request(command.accountId(), command.challengeId(), request);
        }
    }

    private final Map<UUID, Challenge> challenges;
    private final Map<Request, Given> given;

    /** What is known before the first. */
    public Series(Map<UUID, Challenge> challenges, Map<Request, Given> given) {
        this.challenges = new HashMap<>(challenges);
        this.given = new HashMap<>(given);
    }

    /** Decides the next one. */
    public Decision decide(ChallengeCommand command, @Nullable ReplyAddress replyTo, Instant now) {
        Request request = Request.of(command);
        Decision decision =
                Decider.decide(
                        challenges.get(command.challengeId()),
                        new Asked(command, replyTo, request == null ? null : given.get(request)),
                        now);
        Challenge next = decision.challenge();
        if (next != null) {
            challenges.put(next.subject().challengeId(), next);
        }
        Given verdict = decision.given();
        if (request != null && verdict != null) {
            given.put(request, verdict);
        }
        return decision;
    }
}
