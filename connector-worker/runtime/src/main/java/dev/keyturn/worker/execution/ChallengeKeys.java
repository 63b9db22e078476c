package dev.keyturn.worker.execution;

import dev.keyturn.sdk.TwoFaOptions;
import dev.keyturn.seal.Binding;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.SealException;
import dev.keyturn.seal.SealTo;
import dev.keyturn.seal.SealedKind;
import dev.keyturn.seal.Secret;
import dev.keyturn.worker.challenge.Answer;
import dev.keyturn.worker.challenge.Checkpoint;
import dev.keyturn.worker.keys.Keys;
import dev.keyturn.worker.run.Run;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The key pairs of challenges: made here, kept sealed, used for the one code. */
@ApplicationScoped
public class ChallengeKeys {

    /**
     * A new pair.
     *
     * @param privateKey sealed
     * @param sealTo the public half, signed
     */
    record Pair(String privateKey, String sealTo) {}

    private final Keys keys;
    private final MeterRegistry metrics;

    ChallengeKeys(Keys keys, MeterRegistry metrics) {
        this.keys = keys;
        this.metrics = metrics;
    }

    Pair make(Run run, UUID challengeId) {
        ChallengeKey key = ChallengeKey.generate();
        String sealed =
                keys.fleet()
                        .seal(
                                SealedKind.CHALLENGE_KEY,
                                Binding.challengeKey(run.id(), challengeId),
                                key.privateJson().getBytes(StandardCharsets.UTF_8));
        SealTo sealTo = new SealTo(challengeId, run.id(), run.accountId(), key.publicJwk());
        return new Pair(sealed, keys.fleet().signSealTo(sealTo));
    }

    /** Opens the code of an answered challenge and says whether the site may get it. */
    Answer judge(UUID runId, Checkpoint answered, TwoFaOptions options) {
        try {
            return Answer.of(open(runId, answered), options);
        } catch (SealException _) {
            metrics.counter("keyturn.worker.sealed.refused", "kind", "code").increment();
            return Answer.unreadable();
        }
    }

    private Secret open(UUID runId, Checkpoint answered) throws SealException {
        @Nullable String privateKey = answered.privateKey();
        @Nullable String sealed = answered.answer();
        if (privateKey == null || sealed == null) {
            throw new SealException("challenge: must not be passed");
        }
        byte[] json =
                keys.fleet()
                        .open(
                                SealedKind.CHALLENGE_KEY,
                                Binding.challengeKey(runId, answered.challengeId()),
                                privateKey);
        return ChallengeKey.fromPrivateJson(new String(json, StandardCharsets.UTF_8))
                .open(sealed, answered.challengeId(), answered.answerRound());
    }
}
