package dev.keyturn.service.reading;

import dev.keyturn.wire.Message;
import dev.keyturn.wire.ReplyAddress;
import org.jspecify.annotations.Nullable;

/**
 * A message that was read, and where it stood.
 *
 * @param replyTo where a reply is waited for; absent if nobody waits
 * @param traceparent the trace that it came with; absent if none
 */
public record Received(
        Message message,
        @Nullable ReplyAddress replyTo,
        @Nullable String traceparent,
        int partition,
        long offset) {}
