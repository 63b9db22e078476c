package dev.keyturn.sdk;

/**
 * How much may be asked of an account within an hour, over all its runs, so that the site never
 * locks it. When it is spent nobody is asked: {@link Login#mayAsk()} says so.
 *
 * @param wrongCodes how many wrong codes: fewer than lock the account at the site, 1 to {@value
 *     #MOST}
 * @param prompts how many questions, each of which may make the site send a message, 1 to {@value
 *     #MOST}. Asking again after a wrong code, and asking which account or method, count as none
 */
public record Budget(int wrongCodes, int prompts) {

    /** No limit is higher than this. */
    public static final int MOST = 10_000;

    /** What most sites tolerate: three wrong codes and five questions. */
    public static final Budget DEFAULT = new Budget(3, 5);

    public Budget {
        Checks.that(
                wrongCodes > 0 && wrongCodes <= MOST,
                "wrong codes an hour",
                wrongCodes,
                "1 to " + MOST);
        Checks.that(prompts > 0 && prompts <= MOST, "prompts an hour", prompts, "1 to " + MOST);
    }
}
