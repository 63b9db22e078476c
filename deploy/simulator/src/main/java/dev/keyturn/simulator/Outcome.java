package dev.keyturn.simulator;

import java.util.Map;
import java.util.Set;

/**
 * What came of one seed.
 *
 * @param violations what no Keyturn may do; empty if all is well
 * @param steps how often somebody went on
 * @param faults how often each kind of fault happened
 * @param ends how often runs ended for each reason
 * @param adoptions how often a run was taken over
 * @param submissions how many codes the broker got
 */
public record Outcome(
        long seed,
        Set<String> violations,
        long steps,
        Map<String, Integer> faults,
        Map<String, Integer> ends,
        int runs,
        int adoptions,
        int submissions) {}
