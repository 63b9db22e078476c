package dev.keyturn.local.infra;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL refuses to run as root; these are the ways to be somebody else for it. */
enum Unprivileged {

    /** We are a normal user already. */
    AS_WE_ARE(""),

    /** Root outside, nobody inside; files stay owned by root. */
    USER_NAMESPACE("unshare --user --map-user=65534 --map-group=65534"),

    /**
     * Where a container forbids user namespaces: nobody, who may pass through root's private
     * folders but owns the data only.
     */
    NOBODY(
            "setpriv --reuid=nobody --regid=nogroup --clear-groups"
                    + " --inh-caps=+dac_override --ambient-caps=+dac_override");

    private final String prefix;

    Unprivileged(String prefix) {
        this.prefix = prefix;
    }

    static Unprivileged forThisUser() {
        if (new UnixSystem().getUid() != 0) {
            return AS_WE_ARE;
        }
        if (USER_NAMESPACE.works()) {
            return USER_NAMESPACE;
        }
        if (NOBODY.works()) {
            return NOBODY;
        }
        throw new StackFailure(
                "PostgreSQL does not run as root, and neither unshare nor setpriv works here: use a"
                        + " normal user");
    }

    List<String> prefix() {
        return prefix.isEmpty() ? List.of() : List.of(prefix.split(" ", -1));
    }

    /** Gives the folder to whom the server will be. */
    void own(Path folder) {
        if (this != NOBODY) {
            return;
        }
        try {
            UserPrincipal nobody =
                    folder.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName("nobody");
            Files.setOwner(folder, nobody);
        } catch (IOException e) {
            throw PrivateFiles.failure(folder, e);
        }
    }

    boolean works() {
        List<String> idOf = new ArrayList<>(prefix());
        idOf.addAll(List.of("id", "-u"));
        Commands.Result result = Commands.tryRun(idOf);
        return result.code() == 0 && result.output().strip().matches("[1-9][0-9]*");
    }
}
