package dev.keyturn.worker.connectors;

import dev.keyturn.catalog.ConnectorOffered;
import dev.keyturn.catalog.Field;
import dev.keyturn.sdk.ConnectorInfo;
import dev.keyturn.values.Choice;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.FieldType;
import dev.keyturn.values.Unattended;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a connector declares, in the words of the contract. Pure. */
final class Offers {

    private Offers() {}

    static ConnectorOffered of(ConnectorInfo info, Instant now) {
        return new ConnectorOffered(
                info.slug(),
                info.name(),
                info.version(),
                now,
                info.fields().stream().map(Offers::field).toList(),
                info.hosts(),
                info.factors().stream().map(f -> new FactorType(f.name())).toList(),
                new Unattended(info.unattended().name()),
                info.codeLife(),
                info.wrongCodes(),
                info.sandbox(),
                info.budget().wrongCodes(),
                info.budget().prompts());
    }

    /** Whether an offer says something else than what is on the topic. */
    static boolean differs(ConnectorOffered offer, @Nullable ConnectorOffered there) {
        return there == null || !offer.equals(at(there, offer.at()));
    }

    private static ConnectorOffered at(ConnectorOffered o, Instant at) {
        return new ConnectorOffered(
                o.slug(),
                o.name(),
                o.version(),
                at,
                o.fields(),
                o.hosts(),
                o.factors(),
                o.unattended(),
                o.codeLifetime(),
                o.wrongCodes(),
                o.sandbox(),
                o.wrongCodesPerHour(),
                o.promptsPerHour());
    }

    private static Field field(dev.keyturn.sdk.Field field) {
        return new Field(
                field.name(),
                field.label(),
                field.help(),
                new FieldType(field.type().name()),
                field.pattern(),
                field.choices().stream().map(c -> new Choice(c.id(), c.label())).toList(),
                field.secret(),
                field.required());
    }
}
