package dev.keyturn.home.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** By which a sealed text is known when the text itself is gone. */
final class Hashes {

    private Hashes() {}

    /** SHA-256 as lower-case hex. */
    static String sha256(String sealed) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(sealed.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every JDK must have it", e);
        }
    }
}
