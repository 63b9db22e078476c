package dev.keyturn.local.infra;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** Generated secrets, one file each; what is there is kept. Safe characters only: no quoting. */
public final class Secrets {

    private static final int BYTES = 32;

    private final Path folder;

    public Secrets(Path folder) {
        this.folder = folder;
    }

    /** The secret of this name, made at its first use. */
    public synchronized String get(String name) {
        Path file = file(name);
        if (!Files.exists(file)) {
            PrivateFiles.write(file, random());
        }
        String secret = PrivateFiles.read(file);
        if (!secret.matches("[A-Za-z0-9_-]{43}")) {
            throw new StackFailure(file + " does not hold a generated secret");
        }
        return secret;
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
