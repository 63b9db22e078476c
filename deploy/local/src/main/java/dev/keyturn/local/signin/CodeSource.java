package dev.keyturn.local.signin;

import dev.keyturn.local.api.Challenge;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where the codes of one sign-in come from. */
interface CodeSource {

    /**
     * Asks for the code of one challenge. Cancelling the future ends the asking; it fails at the
     * deadline.
     *
     * @return the code; empty if there will be none
     */
    CompletableFuture<Optional<String>> ask(Challenge challenge);

    Kind kind();

    /** Who gives the codes. */
    enum Kind {
        /** Can be asked again when what was typed has the wrong form. */
        PERSON,
        /** Is run once for each attempt. */
        COMMAND,
        /** The code comes in by another way. */
        NOBODY
    }
}
