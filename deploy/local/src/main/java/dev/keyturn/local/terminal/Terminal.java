package dev.keyturn.local.terminal;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The person at the keyboard, or what stands in for one. */
public interface Terminal {

    /** Whether somebody is there to be asked. */
    boolean interactive();

    /** Asks and waits; empty at the end of input. */
    Optional<String> ask(String question);

    /** Asks without showing what is typed. */
    Optional<String> askSecret(String question);

    /** The next line that is typed; empty at the end of input. */
    CompletableFuture<Optional<String>> line(String question);

    /** All of the standard input. */
    String input();
}
