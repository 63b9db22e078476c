package dev.keyturn.worker.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyturn.values.CredentialsRefusal;
import dev.keyturn.wire.Json;
import java.io.IOException;
import java.util.Base64;
import java.util.UUID;

/** Whom a sealed text names in its envelope. Pure. */
final class SealedFor {

    private SealedFor() {}

    /** Why credentials that do not open for this account and connector were refused. */
    static CredentialsRefusal refusal(String sealed, UUID accountId, String connector) {
        JsonNode header = header(sealed);
        if (isOther(header.path("account"), accountId.toString())) {
            return CredentialsRefusal.OTHER_ACCOUNT;
        }
        return isOther(header.path("connector"), connector)
                ? CredentialsRefusal.OTHER_CONNECTOR
                : CredentialsRefusal.UNREADABLE;
    }

    private static boolean isOther(JsonNode named, String expected) {
        return named.isTextual() && !named.textValue().equals(expected);
    }

    private static JsonNode header(String sealed) {
        int dot = sealed.indexOf('.');
        String first = sealed.substring(0, Math.max(dot, 0));
        try {
            return Json.mapper().readTree(Base64.getUrlDecoder().decode(first));
        } catch (IOException | IllegalArgumentException _) {
            return Json.mapper().missingNode();
        }
    }
}
