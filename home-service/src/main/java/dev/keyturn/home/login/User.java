package dev.keyturn.home.login;

import java.util.UUID;

/**
 * Somebody who uses Home.
 *
 * @param id who owns his accounts, on the log too
 * @param name what he is called; unique
 */
public record User(UUID id, String name) {}
