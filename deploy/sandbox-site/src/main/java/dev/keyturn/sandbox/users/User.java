package dev.keyturn.sandbox.users;

/**
 * Somebody who can sign in.
 *
 * @param destination where a code goes, masked as sites do it; empty when none is sent
 * @param about what there is to see with this user, for the list of users
 */
public record User(
        String login, Factor factor, Behaviour behaviour, String destination, String about) {}
