package dev.keyturn.home.status;

import dev.keyturn.events.TwoFaRequested;
import dev.keyturn.events.TwoFaResent;
import dev.keyturn.values.Prompt;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a challenge asks of the person, as its latest round says. */
public record Asked(
        int attempt,
        @Nullable UUID retryOf,
        int round,
        Prompt prompt,
        Instant deadline,
        @Nullable Instant extendableTo,
        @Nullable String sealTo) {

    static Asked of(TwoFaRequested fact) {
        return new Asked(
                fact.attempt(),
                fact.retryOf(),
                fact.round(),
                fact.prompt(),
                fact.deadline(),
                fact.extendableTo(),
                fact.sealTo());
    }

    Asked on(TwoFaResent fact) {
        return fact.round() <= round
                ? this
                : new Asked(
                        attempt,
                        retryOf,
                        fact.round(),
                        fact.prompt(),
                        deadline,
                        extendableTo,
                        sealTo);
    }

    Asked until(Instant moved) {
        return moved.isAfter(deadline)
                ? new Asked(attempt, retryOf, round, prompt, moved, extendableTo, sealTo)
                : this;
    }
}
