package dev.keyturn.twofa.challenge;

import dev.keyturn.values.FactorType;
import dev.keyturn.values.Prompt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a round offers, as far as it is decided here; what the site says is not kept.
 *
 * @param type the kind of second factor that is asked for
 * @param methods the kinds that the site offers instead
 * @param resendFrom from when the site sends again; absent if it does not
 */
public record Offer(FactorType type, List<FactorType> methods, @Nullable Instant resendFrom) {

    public Offer {
        methods = List.copyOf(methods);
    }

    static Offer of(Prompt prompt) {
        return new Offer(
                prompt.type(), prompt.methods(), Times.ofDatabaseOrNull(prompt.resendFrom()));
    }

    /** Whether it is answered by a code; an approval is not. */
    boolean takesCode() {
        return type.kind() != FactorType.Kind.APPROVAL;
    }

    boolean canResend(Instant at) {
        return resendFrom != null && !at.isBefore(resendFrom);
    }

    boolean has(FactorType method) {
        return methods.contains(method);
    }
}
