package dev.keyturn.systemtests;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;

/** The authenticator app of a user of the realm {@code bank}: six digits, SHA-1, 30 s. */
record AuthenticatorApp(String secret) {

    private static final TimeBasedOneTimePasswordGenerator TOTP =
            new TimeBasedOneTimePasswordGenerator();
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int NEIGHBOURS = 5;

    /** The code that the realm accepts now. */
    String code() {
        return code(0);
    }

    /** The code of the next step, which the realm accepts already: for a second login in a row. */
    String nextCode() {
        return code(1);
    }

    /** A code that is wrong now and for minutes around. */
    String wrongCode() {
        Set<String> near =
                IntStream.rangeClosed(-NEIGHBOURS, NEIGHBOURS)
                        .mapToObj(this::code)
                        .collect(Collectors.toSet());
        return IntStream.iterate(111_111, n -> n + 111_111)
                .mapToObj(n -> String.format(Locale.ROOT, "%06d", n % 1_000_000))
                .filter(code -> !near.contains(code))
                .findFirst()
                .orElseThrow();
    }

    private String code(int step) {
        try {
            Instant at = Instant.now().plus(TOTP.getTimeStep().multipliedBy(step));
            return TOTP.generateOneTimePasswordString(
                    new SecretKeySpec(base32(secret), TOTP.getAlgorithm()), at);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] base32(String text) {
        byte[] bytes = new byte[text.length() * 5 / 8];
        long buffer = 0;
        int bits = 0;
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            buffer = (buffer << 5) | ALPHABET.indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[next++] = (byte) (buffer >> bits);
            }
        }
        return bytes;
    }
}
