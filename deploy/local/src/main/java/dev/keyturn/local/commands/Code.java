package dev.keyturn.local.commands;

import dev.keyturn.local.signin.OneCode;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "code",
        description = "Answers an open challenge; the code is asked, or read from the input.",
        mixinStandardHelpOptions = true)
public final class Code implements Callable<Integer> {

    private final Workplace workplace;

    @Parameters(paramLabel = "CHALLENGE", description = "the challenge's id")
    private UUID challenge = new UUID(0, 0);

    public Code(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        return new OneCode(
                        workplace.home(), workplace.terminal(), workplace.out(), Clock.systemUTC())
                .answer(challenge);
    }
}
