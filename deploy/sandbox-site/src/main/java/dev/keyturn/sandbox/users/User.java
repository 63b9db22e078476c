package dev.keyturn.sandbox.users;

import java.util.List;
import java.util.stream.Stream;

/**
 * Somebody who can sign in.
 *
 * @param destination where a code goes, masked as sites do it; empty when none is sent
 * @param about what there is to see with this user, for the list of users
 * @param others ways by which a code is sent instead, if the user asks for it
 */
public record User(
        String login,
        Factor factor,
        Behaviour behaviour,
        String destination,
        String about,
        List<Way> others) {

    public User {
        others = List.copyOf(others);
    }

    public User(
            String login, Factor factor, Behaviour behaviour, String destination, String about) {
        this(login, factor, behaviour, destination, about, List.of());
    }

    /** All ways by which a code can be sent to the user; the first is taken unless asked. */
    public List<Way> ways() {
        return factor.isSent()
                ? Stream.concat(Stream.of(new Way(factor, destination)), others.stream()).toList()
                : List.of();
    }
}
