package dev.keyturn.worker.documents;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A document that was written.
 *
 * @param key where it lies in the store: {@code account/document}
 * @param size in bytes
 * @param sha256 of its content, in lower-case hexadecimal
 */
public record StoredDocument(String key, long size, String sha256) {

    /** The hash by which documents with the same content are known. */
    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
