package dev.keyturn.home.login;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;

/** The launcher's bearer token. */
@ApplicationScoped
public class LauncherToken {

    private static final int SHORTEST = 32;

    private final byte[] token;

    LauncherToken(LoginConfig config) {
        this.token = read(config);
    }

    /** Whether it is this one, in a time that does not tell how much of it is right. */
    boolean is(String given) {
        return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] read(LoginConfig config) {
        try {
            String text = Files.readString(config.launcherTokenFile()).strip();
            if (text.length() < SHORTEST) {
                throw new IllegalStateException(
                        "keyturn.home.launcher-token-file="
                                + config.launcherTokenFile()
                                + ": must hold a token of at least "
                                + SHORTEST
                                + " characters");
            }
            return text.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "keyturn.home.launcher-token-file="
                            + config.launcherTokenFile()
                            + ": must be a readable file",
                    e);
        }
    }
}
