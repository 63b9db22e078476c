package dev.keyturn.systemtests;

import dev.keyturn.local.api.Challenge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * How long it takes from a person's press of <i>Validate</i> until the site has the code: 200
 * sign-ins one after the other, on whatever machine this is. It judges nothing, and is run by name:
 * CONTRIBUTING has the command.
 */
class SubmitToResumeBench {

    private static final int SIGN_INS = 200;
    private static final int WARM_UP = 20;

    @Test
    void submitToResume() {
        World world = World.withoutKeycloak();
        Person person = world.person("bench");
        List<Duration> times = new ArrayList<>();
        for (int n = 1; n <= WARM_UP + SIGN_INS; n++) {
            String login = "ada-" + (50_000 + n);
            UUID run = person.run(person.addSandbox(login));
            Challenge challenge = person.challenge(run);
            String code = world.sandboxSite().code(login);
            Instant pressed = Instant.now();
            person.answer(challenge, code);
            person.end(run);
            if (n > WARM_UP) {
                times.add(Duration.between(pressed, world.sandboxSite().codeSeenAt(login)));
            }
        }
        times.sort(Duration::compareTo);
        System.out.printf(
                "submit to resume, %d sign-ins: median %d ms, 95th percentile %d ms, worst %d ms%n",
                SIGN_INS,
                times.get(SIGN_INS / 2).toMillis(),
                times.get(SIGN_INS * 95 / 100).toMillis(),
                times.getLast().toMillis());
    }
}
