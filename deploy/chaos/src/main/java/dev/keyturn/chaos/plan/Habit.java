package dev.keyturn.chaos.plan;

/** How a person deals with being asked for a code. */
public enum Habit {
    ANSWERS(38),
    /** The first code is wrong. */
    MISTYPES(14),
    /** Right around the deadline. */
    IS_LATE(8),
    NEVER_ANSWERS(3),
    CANCELS(8),
    CANCELS_THE_RUN(4),
    /** Sends the code, is gone before the answer, comes back later and sends the same again. */
    CLOSES_THE_TAB(14),
    /** Clicks twice in one tab and once in another. */
    HAS_TWO_TABS(11);

    private final int weight;

    Habit(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }
}
