package dev.keyturn.worker.documents;

import java.io.IOException;
import java.util.UUID;

/**
 * Keeps documents by account and document id. What the site calls a document is data of its own and
 * never part of where it lies.
 */
public interface DocumentStore {

    /**
     * Writes a document: whole or not at all, and on the disk when this returns. Writing the same
     * id again replaces it.
     *
     * @throws IOException naming the place and what was wrong; {@link NoRoom} if the disk is full
     */
    StoredDocument write(UUID accountId, UUID documentId, byte[] content) throws IOException;

    /**
     * Reads a document.
     *
     * @param key as {@link StoredDocument#key()} gave it
     * @throws java.nio.file.NoSuchFileException if there is none
     */
    byte[] read(String key) throws IOException;

    /** Deletes all of an account; nothing happens if there is nothing. */
    void deleteAccount(UUID accountId) throws IOException;

    /** There is no room for a document. */
    final class NoRoom extends IOException {
        NoRoom(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
