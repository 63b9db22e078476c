package dev.keyturn.local.commands;

import dev.keyturn.local.api.HomeApi;
import dev.keyturn.local.signin.OneCode;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "code",
        description = {
            "Answers an open challenge; the code is asked, or read from the input.",
            "With an option it asks for something else, if the site offers it."
        },
        mixinStandardHelpOptions = true)
public final class Code implements Callable<Integer> {

    private final Workplace workplace;

    @Parameters(paramLabel = "CHALLENGE", description = "the challenge's id")
    private UUID challenge = new UUID(0, 0);

    @ArgGroup private @Nullable Wish wish;

    /** What is asked for instead. */
    static final class Wish {

        @Option(names = "--again", required = true, description = "have the site send again")
        private boolean again;

        @Option(
                names = "--method",
                required = true,
                paramLabel = "KIND",
                description = "take another kind of second factor, such as EMAIL")
        private @Nullable String method;

        @Option(
                names = "--more",
                required = true,
                paramLabel = "SECONDS",
                description = "have more time, as far as the site gives it")
        private @Nullable Integer more;

        @Option(names = "--cancel", required = true, description = "give the sign-in up")
        private boolean cancel;

        String ask(HomeApi home, UUID challenge) {
            if (method != null) {
                return home.method(challenge, method.toUpperCase(Locale.ROOT));
            }
            if (more != null) {
                return home.extend(challenge, more);
            }
            if (cancel) {
                return home.cancelChallenge(challenge);
            }
            if (again) {
                return home.resend(challenge);
            }
            throw new IllegalStateException("wish: must be one of its options");
        }
    }

    public Code(Workplace workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        HomeApi home = workplace.home();
        OneCode one = new OneCode(home, workplace.terminal(), workplace.out(), Clock.systemUTC());
        @Nullable Wish asked = wish;
        return asked == null ? one.answer(challenge) : one.wish(() -> asked.ask(home, challenge));
    }
}
