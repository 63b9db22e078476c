package dev.keyturn.worker.execution;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.keyturn.sdk.Fields;
import dev.keyturn.seal.Binding;
import dev.keyturn.seal.SealException;
import dev.keyturn.seal.SealedKind;
import dev.keyturn.wire.Json;
import dev.keyturn.worker.claim.Claim;
import dev.keyturn.worker.keys.Keys;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The account's fields: opened each time one is asked for, and kept sealed in between. */
final class KeptFields implements Fields {

    private static final TypeReference<Map<String, String>> TYPE = new TypeReference<>() {};

    private final Claim claim;
    private final Keys keys;

    KeptFields(Claim claim, Keys keys) {
        this.claim = claim;
        this.keys = keys;
    }

    @Override
    public Optional<String> find(String name) {
        return Optional.ofNullable(all().get(name)).filter(value -> !value.isBlank());
    }

    Map<String, String> all() {
        try {
            byte[] plain =
                    keys.fleet()
                            .open(
                                    SealedKind.KEPT,
                                    Binding.credentials(claim.accountId(), claim.run().connector()),
                                    claim.kept().credentials());
            return Json.mapper().readValue(plain, TYPE);
        } catch (SealException | IOException e) {
            throw new IllegalStateException("kept credentials: must open and be JSON", e);
        }
    }

    @Override
    public String toString() {
        return "Fields[redacted]";
    }
}
