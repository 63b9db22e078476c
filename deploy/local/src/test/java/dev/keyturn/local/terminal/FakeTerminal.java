package dev.keyturn.local.terminal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A person whose answers are known beforehand. */
public final class FakeTerminal implements Terminal {

    private final Deque<String> answers;
    private final boolean interactive;
    private final String input;
    public final List<String> questions = new ArrayList<>();

    private FakeTerminal(List<String> answers, boolean interactive, String input) {
        this.answers = new ArrayDeque<>(answers);
        this.interactive = interactive;
        this.input = input;
    }

    public static FakeTerminal typing(String... answers) {
        return new FakeTerminal(List.of(answers), true, "");
    }

    public static FakeTerminal nobody() {
        return new FakeTerminal(List.of(), false, "");
    }

    public static FakeTerminal withInput(String input) {
        return new FakeTerminal(List.of(), false, input);
    }

    @Override
    public boolean interactive() {
        return interactive;
    }

    @Override
    public Optional<String> ask(String question) {
        questions.add(question);
        return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<String> askSecret(String question) {
        return ask("[secret] " + question);
    }

    @Override
    public CompletableFuture<Optional<String>> line(String question) {
        return CompletableFuture.completedFuture(ask(question));
    }

    @Override
    public String input() {
        return input;
    }
}
