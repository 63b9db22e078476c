package dev.keyturn.worker.testing;

import dev.keyturn.commands.CancelRun;
import dev.keyturn.commands.EraseAccount;
import dev.keyturn.commands.ForgetSession;
import dev.keyturn.commands.OpenChallenge;
import dev.keyturn.commands.RequestRun;
import dev.keyturn.commands.SaveCredentials;
import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.replies.CodeGiven;
import dev.keyturn.seal.ChallengeKey;
import dev.keyturn.seal.FleetPublicKeys;
import dev.keyturn.seal.SealException;
import dev.keyturn.values.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** One account and its owner. */
public final class Person {

    public static final String PASSWORD = "password-that-must-stay-sealed";

    public final UUID owner;
    public final UUID account = UUID.randomUUID();
    private final Others others;
    private final FleetPublicKeys keys;
    private final String site;
    private long version;

    public Person(Others others, FleetPublicKeys keys, String site) {
        this(others, keys, site, UUID.randomUUID());
    }

    public Person(Others others, FleetPublicKeys keys, String site, UUID owner) {
        this.owner = owner;
        this.others = others;
        this.keys = keys;
        this.site = site;
    }

    /** Saves credentials with a script. */
    public SaveCredentials saves(String script) {
        return saves(Map.of("script", script));
    }

    public SaveCredentials saves(Map<String, String> fields) {
        Map<String, String> all =
                new HashMap<>(Map.of("site", site, "password", PASSWORD, "script", "plain"));
        all.putAll(fields);
        all.values().removeIf(String::isEmpty);
        return saves("scripted", keys.sealCredentials(all, account, "scripted"));
    }

    public SaveCredentials saves(String connector, String sealed) {
        SaveCredentials command =
                new SaveCredentials(
                        UUID.randomUUID(),
                        owner,
                        account,
                        Instant.now(),
                        connector,
                        ++version,
                        sealed);
        others.send(command);
        return command;
    }

    /** Asks for a run. */
    public UUID runs() {
        return runs(Trigger.MANUAL, "scripted", Duration.ofMinutes(5), Duration.ofMinutes(5), false)
                .runId();
    }

    public RequestRun runs(
            Trigger trigger, String connector, Duration notAfter, Duration longest, boolean fresh) {
        RequestRun command =
                new RequestRun(
                        UUID.randomUUID(),
                        owner,
                        account,
                        Instant.now(),
                        UUID.randomUUID(),
                        connector,
                        trigger,
                        Instant.now().plus(notAfter),
                        longest,
                        fresh);
        others.send(command);
        return command;
    }

    public void cancels(UUID runId) {
        others.send(new CancelRun(UUID.randomUUID(), owner, account, Instant.now(), runId));
    }

    public ForgetSession forgets() {
        ForgetSession command = new ForgetSession(UUID.randomUUID(), owner, account, Instant.now());
        others.send(command);
        return command;
    }

    public EraseAccount erases(boolean documents) {
        EraseAccount command =
                new EraseAccount(UUID.randomUUID(), owner, account, Instant.now(), documents);
        others.send(command);
        return command;
    }

    /** Answers the n-th question with a code, sealed to the key that the fact names. */
    public void types(int number, String code) {
        TwoFaRequested fact = others.fact(account, TwoFaRequested.class, number);
        Map<String, Object> jwk;
        try {
            jwk = keys.verify(Objects.requireNonNull(fact.sealTo())).jwk();
        } catch (SealException e) {
            throw new IllegalStateException(e);
        }
        gives(number, ChallengeKey.seal(jwk, code, fact.challengeId(), fact.round()));
    }

    /** Answers what was asked the n-th time, in whatever round, with a code. */
    public void typesTo(int number, String code) {
        OpenChallenge open = (OpenChallenge) others.asked(account, number).command();
        Map<String, Object> jwk;
        try {
            jwk = keys.verify(Objects.requireNonNull(open.sealTo())).jwk();
        } catch (SealException e) {
            throw new IllegalStateException(e);
        }
        gives(number, ChallengeKey.seal(jwk, code, open.challengeId(), open.round()));
    }

    /** Answers the n-th question with whatever text. */
    public void gives(int number, String sealed) {
        Others.Asked asked = others.asked(account, number);
        OpenChallenge open = (OpenChallenge) asked.command();
        others.reply(
                asked,
                new CodeGiven(
                        UUID.randomUUID(),
                        open.challengeId(),
                        Instant.now(),
                        UUID.randomUUID(),
                        open.round(),
                        sealed));
    }
}
