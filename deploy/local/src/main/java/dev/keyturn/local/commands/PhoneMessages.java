package dev.keyturn.local.commands;

import dev.keyturn.local.api.Phone;
import dev.keyturn.local.api.Phone.Message;
import dev.keyturn.local.terminal.ExitCode;
import dev.keyturn.local.terminal.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "phone",
        description = "Shows the messages that the sandbox site \"sent\" to its users.",
        mixinStandardHelpOptions = true)
public final class PhoneMessages implements Callable<Integer> {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(150);

    private final Workplace workplace;

    @Option(names = "--user", paramLabel = "U", description = "only this user's")
    private @Nullable String user;

    @Option(names = "--wait", description = "wait for one if there is none")
    private boolean wait;

    @Option(names = "--code", description = "only the newest code that is neither used nor expired")
    private boolean code;

    public PhoneMessages(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() throws InterruptedException {
        Phone phone = new Phone(workplace.settings().sandboxUrl());
        List<Message> messages = messages(phone);
        while (wait && messages.isEmpty()) {
            Thread.sleep(LOOK_AGAIN);
            messages = messages(phone);
        }
        if (messages.isEmpty()) {
            workplace.err().println(code ? "There is no code." : "There is no message.");
            return code ? ExitCode.USER_ACTION_NEEDED : ExitCode.DONE;
        }
        if (code) {
            workplace.out().println(Shown.text(messages.getFirst().code()));
        } else {
            messages.reversed().forEach(this::print);
        }
        return ExitCode.DONE;
    }

    /** Those that count; newest first. */
    private List<Message> messages(Phone phone) {
        return phone.messages(Optional.ofNullable(user)).stream()
                .filter(message -> !code || message.usable())
                .toList();
    }

    private void print(Message message) {
        String state = message.used() ? " (used)" : message.expired() ? " (expired)" : "";
        workplace
                .out()
                .println(
                        "%s  %s  %s%s"
                                .formatted(
                                        Shown.time(message.at()),
                                        Shown.text(message.user()),
                                        Shown.text(message.text()),
                                        state));
    }
}
