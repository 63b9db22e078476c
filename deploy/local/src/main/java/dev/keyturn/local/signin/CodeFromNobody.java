package dev.keyturn.local.signin;

import dev.keyturn.local.api.Challenge;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Nobody is at the terminal: the code comes from Home's page, or from {@code keyturn code}. */
record CodeFromNobody() implements CodeSource {

    @Override
    public CompletableFuture<Optional<String>> ask(Challenge challenge) {
        return new CompletableFuture<>();
    }

    @Override
    public Kind kind() {
        return Kind.NOBODY;
    }
}
