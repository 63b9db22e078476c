package dev.keyturn.sandbox.users;

/**
 * A way by which a code is sent.
 *
 * @param destination where it goes, masked as sites do it
 */
public record Way(Factor factor, String destination) {}
