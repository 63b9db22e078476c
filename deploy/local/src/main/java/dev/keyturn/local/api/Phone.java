package dev.keyturn.local.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.keyturn.wire.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The phone of the sandbox site: what it "sent" to its users. */
public final class Phone {

    private final String site;

    public Phone(String site) {
        this.site = site;
    }

    public record Message(
            String id,
            String user,
            String type,
            Instant at,
            String text,
            @Nullable String code,
            boolean used,
            boolean expired) {

        public boolean usable() {
            return code != null && !used && !expired;
        }
    }

    /** Newest first. */
    public List<Message> messages(Optional<String> user) {
        String of =
                user.map(u -> "?user=" + URLEncoder.encode(u, StandardCharsets.UTF_8)).orElse("");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(site + "/phone/messages" + of))
                        .timeout(Http.TIMEOUT)
                        .build();
        HttpResponse<String> answer =
                Http.send("The sandbox site", request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new Unreachable("The sandbox site answered " + answer.statusCode());
        }
        try {
            return Json.mapper().readValue(answer.body(), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new Unreachable("The sandbox site answered something unreadable", e);
        }
    }
}
