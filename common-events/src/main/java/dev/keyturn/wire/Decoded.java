package dev.keyturn.wire;

import org.jspecify.annotations.Nullable;

/** What a record turned out to be. */
public sealed interface Decoded {

    /**
     * A message that this version knows.
     *
     * @param replyTo where a reply is waited for; absent if nobody waits
     * @param traceparent the W3C trace context that it came with; absent if none
     */
    record Known(Message message, @Nullable ReplyAddress replyTo, @Nullable String traceparent)
            implements Decoded {}

    /** A message of a newer version: skipped and counted. */
    record UnknownType(String type) implements Decoded {}

    /**
     * A record that is none: it goes to the dead letters.
     *
     * @param reason what was expected, without the record's own content
     */
    record Undecodable(String reason) implements Decoded {}
}
