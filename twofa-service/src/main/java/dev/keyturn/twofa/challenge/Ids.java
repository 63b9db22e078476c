package dev.keyturn.twofa.challenge;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

/** Ids that follow from what they name: deciding the same again makes no second message. */
final class Ids {

    private Ids() {}

    static UUID of(String type, Object... parts) {
        String name =
                Arrays.stream(parts)
                        .map(String::valueOf)
                        .collect(Collectors.joining("/", "twofa/" + type + "/", ""));
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
