package dev.keyturn.home.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keyturn.home.status.ChallengeEnd;
import dev.keyturn.home.status.ChallengeState;
import dev.keyturn.home.status.Rejection;
import dev.keyturn.values.Choice;
import dev.keyturn.values.CodeFormat;
import dev.keyturn.values.FactorType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A challenge, as the API tells it.
 *
 * @param words the site's own, untrusted text
 * @param compare the text to compare on both screens, for an approval
 * @param rejected why this attempt's code was refused, else that of the attempt before
 * @param jwk the key to seal the code to, signed by the fleet; absent for an approval
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChallengeView(
        UUID id,
        UUID accountId,
        UUID runId,
        String connector,
        String connectorName,
        String label,
        int attempt,
        @Nullable UUID retryOf,
        int round,
        FactorType type,
        @Nullable String destination,
        @Nullable String words,
        @Nullable CodeFormat format,
        List<Choice> choices,
        @Nullable String compare,
        List<FactorType> methods,
        @Nullable Instant resendFrom,
        @Nullable Integer wrongCodesLeft,
        Instant deadline,
        @Nullable Instant extendableTo,
        ChallengeState state,
        @Nullable ChallengeEnd outcome,
        @Nullable Rejection rejected,
        @Nullable Map<String, Object> jwk,
        long version) {}
