package dev.keyturn.sandbox.signin;

import java.time.Duration;

/**
 * How strict the site is.
 *
 * @param codeLife how long the code of a message is good for
 * @param resendAfter how long after a message another one may be asked for
 * @param wrongCodes the how-manieth wrong code locks
 * @param lock for how long
 * @param signInLife how long a sign-in that was begun can be finished
 */
public record Rules(
        Duration codeLife,
        Duration resendAfter,
        int wrongCodes,
        Duration lock,
        Duration signInLife) {}
