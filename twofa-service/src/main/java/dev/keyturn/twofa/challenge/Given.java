package dev.keyturn.twofa.challenge;

import dev.keyturn.values.Verdict;
import java.time.Instant;

/**
 * The verdict that a submission, or another command of a person, has: once given, the same for
 * ever.
 */
public record Given(Verdict verdict, Instant at) {}
