package dev.keyturn.service.reply;

/**
 * Up to where a partition was read, and how often something may have gone by unread: when a record
 * does not follow the last one, or the consumer stands somewhere else without having delivered
 * anything. (Offsets out of range, a log that was cut or made anew.)
 *
 * @param next the offset that is expected next; -1 before anything is known
 * @param nextAtLastLook what it was when the consumer's position was last looked at
 * @param gaps grows with each time; one too many costs a question that is asked again
 */
record ReadThrough(long next, long nextAtLastLook, int gaps) {

    private static final long UNKNOWN = -1;

    static ReadThrough unknown() {
        return new ReadThrough(UNKNOWN, UNKNOWN, 0);
    }

    ReadThrough read(long offset) {
        boolean isGap = next != UNKNOWN && offset != next;
        return new ReadThrough(offset + 1, nextAtLastLook, isGap ? gaps + 1 : gaps);
    }

    /** The consumer's position is ahead for a moment while records are on their way. */
    ReadThrough looked(long position) {
        if (next == UNKNOWN) {
            return new ReadThrough(position, position, gaps);
        }
        boolean isGap = position < next || (position > next && next == nextAtLastLook);
        return isGap
                ? new ReadThrough(position, position, gaps + 1)
                : new ReadThrough(next, next, gaps);
    }
}
