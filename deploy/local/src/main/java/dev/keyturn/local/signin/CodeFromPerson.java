package dev.keyturn.local.signin;

import dev.keyturn.local.api.Challenge;
import dev.keyturn.local.terminal.Terminal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The person at the terminal types it. */
record CodeFromPerson(Terminal terminal) implements CodeSource {

    @Override
    public CompletableFuture<Optional<String>> ask(Challenge challenge) {
        return terminal.line("Code: ").thenApply(line -> line.map(String::strip));
    }

    @Override
    public Kind kind() {
        return Kind.PERSON;
    }
}
