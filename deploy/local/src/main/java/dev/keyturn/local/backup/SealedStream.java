package dev.keyturn.local.backup;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.PasswordBasedDecrypter;
import com.nimbusds.jose.crypto.PasswordBasedEncrypter;
import dev.keyturn.local.terminal.WrongUse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;

/**
 * The form of a backup: a line that says what it is, a line with its random key, sealed by the
 * passphrase (JWE, PBES2), and then its content in segments under that key (Tink's streaming AEAD),
 * so that a file that was cut or changed does not open.
 */
final class SealedStream {

    static final String FORM = "keyturn-backup-1";

    /** As OWASP has it for PBKDF2 with SHA-512, and a reserve. */
    private static final int ITERATIONS = 600_000;

    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int LONGEST_LINE = 4_096;

    private SealedStream() {}

    /** Writes the two lines; what is written to the result is sealed. It must be closed. */
    static OutputStream sealing(OutputStream out, Passphrase passphrase) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        String sealedKey = seal(key, passphrase);
        out.write((FORM + "\n" + sealedKey + "\n").getBytes(StandardCharsets.US_ASCII));
        try {
            return content(key).newEncryptingStream(out, bound(sealedKey));
        } catch (GeneralSecurityException e) {
            throw new IOException("The content cannot be sealed", e);
        }
    }

    /**
     * Reads the two lines; the result is what was sealed, as far as it is whole.
     *
     * @throws WrongUse if it is no backup, or the passphrase is another
     */
    static InputStream opening(InputStream in, Passphrase passphrase) throws IOException {
        if (!line(in).equals(FORM)) {
            throw new WrongUse("This is no backup of Keyturn that this version knows");
        }
        String sealedKey = line(in);
        byte[] key = open(sealedKey, passphrase);
        try {
            return content(key).newDecryptingStream(in, bound(sealedKey));
        } catch (GeneralSecurityException e) {
            throw new IOException("The content cannot be opened", e);
        }
    }

    private static byte[] bound(String sealedKey) {
        return (FORM + "\n" + sealedKey).getBytes(StandardCharsets.US_ASCII);
    }

    private static AesGcmHkdfStreaming content(byte[] key) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(key, "HmacSha256", KEY_BYTES, SEGMENT_BYTES, 0);
    }

    private static String seal(byte[] key, Passphrase passphrase) {
        JWEObject jwe =
                new JWEObject(
                        new JWEHeader(JWEAlgorithm.PBES2_HS512_A256KW, EncryptionMethod.A256GCM),
                        new Payload(key));
        try {
            jwe.encrypt(new PasswordBasedEncrypter(passphrase.reveal(), SALT_BYTES, ITERATIONS));
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("PBES2: must be offered by this JDK", e);
        }
    }

    private static byte[] open(String sealedKey, Passphrase passphrase) {
        try {
            JWEObject jwe = JWEObject.parse(sealedKey);
            jwe.decrypt(new PasswordBasedDecrypter(passphrase.reveal()));
            return jwe.getPayload().toBytes();
        } catch (ParseException e) {
            throw new WrongUse("The backup is damaged: its second line must be its key");
        } catch (JOSEException e) {
            throw new WrongUse("The passphrase is not the one of this backup, or it is damaged");
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > LONGEST_LINE) {
                return "";
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }
}
