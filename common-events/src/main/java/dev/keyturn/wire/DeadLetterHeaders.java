package dev.keyturn.wire;

/** What a dead letter says beside the headers that it came with. */
public final class DeadLetterHeaders {

    /** What begins the name of each of them; no message's own header does. */
    public static final String PREFIX = "dead-letter-";

    /** Why it could not be decoded. */
    public static final String REASON = PREFIX + "reason";

    /** The topic that it was read from. */
    public static final String TOPIC = PREFIX + "topic";

    /** Its partition there. */
    public static final String PARTITION = PREFIX + "partition";

    /** Its offset there. */
    public static final String OFFSET = PREFIX + "offset";

    /** On a mark, which is no letter: the letter at this offset was sent to its topic again. */
    public static final String RESENT = PREFIX + "resent";

    private DeadLetterHeaders() {}
}
