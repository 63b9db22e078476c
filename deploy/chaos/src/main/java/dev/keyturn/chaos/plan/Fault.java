package dev.keyturn.chaos.plan;

import java.time.Duration;

/**
 * Something that happens to one process.
 *
 * @param at since the begin
 * @param target the name of the process
 * @param lasts until it is healed, or started again
 * @param silent of a cut: whether the lines stay open and carry nothing, instead of breaking
 */
public record Fault(Duration at, FaultKind kind, String target, Duration lasts, boolean silent) {}
