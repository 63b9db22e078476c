package dev.keyturn.home.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.keyturn.catalog.ConnectorOffered;
import dev.keyturn.catalog.Field;
import dev.keyturn.values.FactorType;
import dev.keyturn.values.Unattended;
import java.util.List;

/** Connectors as the API tells them. */
public final class Offers {

    private Offers() {}

    /** What can be signed in to, and what is needed for it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ConnectorView(
            String slug,
            String name,
            String version,
            List<Field> fields,
            List<String> hosts,
            List<FactorType> factors,
            Unattended unattended,
            boolean sandbox) {}

    /** The view of an offer. */
    public static ConnectorView view(ConnectorOffered offer) {
        return new ConnectorView(
                offer.slug(),
                offer.name(),
                offer.version(),
                offer.fields(),
                offer.hosts(),
                offer.factors(),
                offer.unattended(),
                offer.sandbox());
    }
}
