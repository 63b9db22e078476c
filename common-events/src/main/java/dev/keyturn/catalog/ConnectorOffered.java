package dev.keyturn.catalog;

import dev.keyturn.values.FactorType;
import dev.keyturn.values.Unattended;
import dev.keyturn.wire.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connector that the fleet can run, on {@code connector.catalog.v1}; the last one for a slug
 * counts.
 *
 * @param slug what the connector is known by
 * @param name what people read
 * @param version the connector's own version
 * @param at when a worker offered it
 * @param fields what an account needs
 * @param hosts the hosts that it talks to, beside those in an account's address field
 * @param factors the kinds of second factor that the site may ask for
 * @param unattended whether it runs with nobody there
 * @param codeLifetime how long the site's code lives; absent if unknown
 * @param wrongCodes how many wrong codes the site tolerates; absent if unknown
 * @param sandbox whether its site is a test site, whose secrets are none
 * @param wrongCodesPerHour how many wrong codes of one account within an hour it takes before
 *     nobody is asked; absent if unknown
 * @param promptsPerHour how many times within an hour the person of one account is asked; absent if
 *     unknown
 */
public record ConnectorOffered(
        String slug,
        String name,
        String version,
        Instant at,
        List<Field> fields,
        List<String> hosts,
        List<FactorType> factors,
        Unattended unattended,
        @Nullable Duration codeLifetime,
        @Nullable Integer wrongCodes,
        boolean sandbox,
        @Nullable Integer wrongCodesPerHour,
        @Nullable Integer promptsPerHour)
        implements Message {

    public ConnectorOffered {
        fields = fields == null ? List.of() : List.copyOf(fields);
        hosts = hosts == null ? List.of() : List.copyOf(hosts);
        factors = factors == null ? List.of() : List.copyOf(factors);
    }

    @Override
    public UUID messageId() {
        return UUID.nameUUIDFromBytes(
                (slug + "@" + version + "@" + at).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String key() {
        return slug;
    }
}
