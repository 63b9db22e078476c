package dev.keyturn.twofa;

import dev.keyturn.commands.CancelChallenge;
import dev.keyturn.commands.CloseChallenge;
import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.commands.SubmitCode;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.values.ChallengeOutcome;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.Prompt;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** One run that asks one person for a code. */
record Scene(
        UUID owner, UUID account, UUID run, UUID challenge, ChallengeKey key, Instant deadline) {

    /** One that nobody has seen before, with time enough. */
    static Scene fresh() {
        return until(Instant.now().plusSeconds(120));
    }

    static Scene until(Instant deadline) {
        return new Scene(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                ChallengeKey.generate(),
                deadline.truncatedTo(ChronoUnit.MILLIS));
    }

    OpenChallenge open() {
        return open(1, 1);
    }

    OpenChallenge open(long epoch, int round) {
        return new OpenChallenge(
                UUID.randomUUID(),
                owner,
                account,
                Instant.now(),
                run,
                epoch,
                challenge,
                1,
                null,
                round,
                new Prompt(
                        FactorType.SMS,
                        "••42",
                        "Enter the code",
                        null,
                        List.of(),
                        null,
                        List.of(FactorType.EMAIL),
                        null,
                        null),
                deadline,
                deadline.plusSeconds(60),
                "signed");
    }

    SubmitCode code(String code) {
        return code(code, 1, Instant.now());
    }

    SubmitCode code(String code, int round, Instant at) {
        return submit(owner, account, at, round, seal(code, round));
    }

    String seal(String code, int round) {
        return ChallengeKey.seal(key.publicJwk(), code, challenge, round);
    }

    SubmitCode submit(UUID by, UUID of, Instant at, int round, String sealed) {
        return new SubmitCode(
                UUID.randomUUID(), by, of, at, challenge, UUID.randomUUID(), round, sealed);
    }

    CancelChallenge cancel() {
        return new CancelChallenge(UUID.randomUUID(), owner, account, Instant.now(), challenge);
    }

    CloseChallenge close() {
        return new CloseChallenge(
                UUID.randomUUID(),
                owner,
                account,
                Instant.now(),
                run,
                1,
                challenge,
                ChallengeOutcome.RUN_ENDED);
    }
}
