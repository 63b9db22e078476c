package dev.keyturn.home.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The workers' document store, read only. Where a document lies says its key, {@code
 * account/document}; what a site called it is never a path.
 */
public final class StoredDocuments {

    private static final Pattern KEY = Pattern.compile("([0-9a-f-]{36})/([0-9a-f-]{36})");

    private final Path folder;

    public StoredDocuments(Path folder) {
        this.folder = folder;
    }

    /**
     * A document's bytes; the caller closes it.
     *
     * @throws NoSuchFileException if it is not there, or the key is none of the account's
     */
    public InputStream open(UUID account, String key) throws IOException {
        Matcher parts = KEY.matcher(key);
        if (!parts.matches() || !parts.group(1).equals(account.toString())) {
            throw new NoSuchFileException(key, null, "key must be one of the account's");
        }
        Path ofAccount = folder.resolve(parts.group(1));
        Path file = ofAccount.resolve(parts.group(2));
        boolean isPlain =
                Files.isDirectory(ofAccount, LinkOption.NOFOLLOW_LINKS)
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        if (!isPlain) {
            throw new NoSuchFileException(key, null, "must be a plain file in a plain folder");
        }
        return Channels.newInputStream(
                Files.newByteChannel(
                        file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    }
}
