package dev.keyturn.values;

/**
 * One of several answers that a person can give.
 *
 * @param id what the site calls it
 * @param label what the person reads, untrusted text of the site
 */
public record Choice(String id, String label) {}
