package dev.keyturn.chaos.plan;

import java.time.Duration;

/**
 * One person with one account at the site.
 *
 * @param at since the begin
 * @param login at the site; nobody else has it
 * @param thinks before she does anything
 * @param comesBack after she closed the tab
 * @param late how long after the deadline she answers, if that is her habit; negative: before it
 * @param runs how often she signs in
 */
public record Visit(
        Duration at,
        String login,
        Habit habit,
        Duration thinks,
        Duration comesBack,
        Duration late,
        int runs) {}
