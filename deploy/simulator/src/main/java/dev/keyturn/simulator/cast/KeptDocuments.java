package dev.keyturn.simulator.cast;

import dev.keyturn.worker.documents.DocumentStore;
import dev.keyturn.worker.documents.StoredDocument;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Documents in memory. */
final class KeptDocuments implements DocumentStore {

    private final Map<String, byte[]> contents = new HashMap<>();

    @Override
    public StoredDocument write(UUID accountId, UUID documentId, byte[] content) {
        String key = accountId + "/" + documentId;
        contents.put(key, content);
        return new StoredDocument(key, content.length, StoredDocument.sha256(content));
    }

    @Override
    public byte[] read(String key) {
        return Objects.requireNonNull(contents.get(key));
    }

    @Override
    public void deleteAccount(UUID accountId) {
        contents.keySet().removeIf(key -> key.startsWith(accountId + "/"));
    }
}
