package dev.keyturn.worker.http;

import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.sdk.Field;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hosts that a session may talk to.
 *
 * @param hosts names in lower case, or {@code *.example.org} for all below one
 */
public record HostRules(Set<String> hosts) {

    public HostRules {
        hosts = Set.copyOf(hosts);
    }

    /**
     * The hosts that a connector declares, those of the account's address fields, and those of
     * addresses that the operator set for it.
     *
     * @param fields the account's opened fields by name
     * @param settings the operator's settings for the connector
     */
    public static HostRules of(
            ConnectorInfo connector, Map<String, String> fields, Map<String, String> settings) {
        Set<String> hosts = new LinkedHashSet<>(connector.hosts());
        connector.fields().stream()
                .filter(field -> field.type() == Field.Type.URL)
                .map(field -> host(fields.getOrDefault(field.name(), "")))
                .forEach(host -> host.ifPresent(hosts::add));
        List.copyOf(settings.values()).forEach(value -> host(value).ifPresent(hosts::add));
        return new HostRules(hosts);
    }

    /** Whether a host, in any case, is one of them. */
    public boolean allow(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return hosts.stream()
                .anyMatch(
                        rule ->
                                rule.startsWith("*.")
                                        ? name.endsWith(rule.substring(1))
                                        : name.equals(rule));
    }

    private static Optional<String> host(String address) {
        if (!address.matches("(?i)\\s*https?://.*")) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(URI.create(address.strip()).getHost())
                    .map(host -> host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // no address, so no host is allowed because of it
        }
    }
}
