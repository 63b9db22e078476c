package dev.keyturn.sdk;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a connector declares: all that Home can say before the first run.
 *
 * @param slug its name in addresses and commands: lower-case letters, digits, hyphens
 * @param name the site's name as people know it
 * @param version of the connector
 * @param fields what the person enters
 * @param hosts that it talks to: {@code www.example.org}, or {@code *.example.org} for all below
 *     one. The hosts of {@link Field.Type#URL} fields and of addresses in the operator's settings
 *     are allowed besides
 * @param factors which second factors the site may ask for
 * @param unattended whether it can run while nobody watches
 * @param codeLife how long a code of the site lives
 * @param wrongCodes how many wrong codes the site tolerates before it locks
 * @param budget how much is asked of one account within an hour
 * @param sandbox whether this is a test site, whose passwords are no secrets
 */
public record ConnectorInfo(
        String slug,
        String name,
        String version,
        List<Field> fields,
        List<String> hosts,
        List<TwoFaType> factors,
        Unattended unattended,
        Duration codeLife,
        int wrongCodes,
        Budget budget,
        boolean sandbox) {

    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+]");

    public ConnectorInfo {
        Checks.that(SLUG.matcher(slug).matches(), "slug", slug, SLUG.pattern());
        Checks.notBlank("name of connector " + slug, name);
        Checks.notBlank("version of connector " + slug, version);
        Checks.that(
                fields.stream().map(Field::name).distinct().count() == fields.size(),
                "fields of connector " + slug,
                fields.stream().map(Field::name).toList(),
                "named once each");
        for (String host : hosts) {
            Checks.that(
                    HOST.matcher(host).matches(), "host of connector " + slug, host, "a host name");
        }
        Checks.that(codeLife.isPositive(), "codeLife of connector " + slug, codeLife, "positive");
        Checks.that(wrongCodes > 0, "wrongCodes of connector " + slug, wrongCodes, "positive");
        fields = List.copyOf(fields);
        hosts = List.copyOf(hosts);
        factors = List.copyOf(factors);
    }

    /**
     * A connector without fields, hosts and second factors that can run unattended; a code would
     * live three minutes, and three wrong ones be tolerated. Its budget is the {@linkplain
     * Budget#DEFAULT usual one}.
     */
    public static ConnectorInfo of(String slug, String name, String version) {
        return new ConnectorInfo(
                slug,
                name,
                version,
                List.of(),
                List.of(),
                List.of(),
                Unattended.YES,
                Duration.ofMinutes(3),
                3,
                Budget.DEFAULT,
                false);
    }

    /** With these fields. */
    public ConnectorInfo fields(Field... these) {
        return new ConnectorInfo(
                slug,
                name,
                version,
                List.of(these),
                hosts,
                factors,
                unattended,
                codeLife,
                wrongCodes,
                budget,
                sandbox);
    }

    /** With these hosts. */
    public ConnectorInfo hosts(String... these) {
        List<String> lower = Arrays.stream(these).map(h -> h.toLowerCase(Locale.ROOT)).toList();
        return new ConnectorInfo(
                slug,
                name,
                version,
                fields,
                lower,
                factors,
                unattended,
                codeLife,
                wrongCodes,
                budget,
                sandbox);
    }

    /** With these second factors. */
    public ConnectorInfo factors(TwoFaType... these) {
        return new ConnectorInfo(
                slug,
                name,
                version,
                fields,
                hosts,
                List.of(these),
                unattended,
                codeLife,
                wrongCodes,
                budget,
                sandbox);
    }

    /** Whether it can run while nobody watches. */
    public ConnectorInfo unattended(Unattended value) {
        return new ConnectorInfo(
                slug,
                name,
                version,
                fields,
                hosts,
                factors,
                value,
                codeLife,
                wrongCodes,
                budget,
                sandbox);
    }

    /** How long a code of the site lives, and how many wrong ones it tolerates. */
    public ConnectorInfo codes(Duration life, int wrongOnes) {
        return new ConnectorInfo(
                slug,
                name,
                version,
                fields,
                hosts,
                factors,
                unattended,
                life,
                wrongOnes,
                budget,
                sandbox);
    }

    /**
     * How much is asked of one account within an hour: less than what makes the site lock it, so
     * that the last attempt is the person's own.
     *
     * @param wrongOnes wrong codes
     * @param prompts questions that may make the site send a message
     */
    public ConnectorInfo perHour(int wrongOnes, int prompts) {
        return new ConnectorInfo(
                slug,
                name,
                version,
                fields,
                hosts,
                factors,
                unattended,
                codeLife,
                wrongCodes,
                new Budget(wrongOnes, prompts),
                sandbox);
    }

    /** For a test site, whose passwords are no secrets. */
    public ConnectorInfo asSandbox() {
        return new ConnectorInfo(
                slug,
                name,
                version,
                fields,
                hosts,
                factors,
                unattended,
                codeLife,
                wrongCodes,
                budget,
                true);
    }
}
