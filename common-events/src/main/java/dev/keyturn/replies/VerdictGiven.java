package dev.keyturn.replies;

import dev.keyturn.values.Verdict;
import java.time.Instant;
import java.util.UUID;

/**
 * For the HTTP call that waits: what became of its submission or command. {@code requestId} is the
 * submission's id, or the command's for anything else.
 */
public record VerdictGiven(
        UUID replyId, UUID challengeId, Instant at, UUID requestId, Verdict verdict)
        implements Reply {}
