package dev.keyturn.service.health;

import dev.keyturn.service.stop.RecordedStart;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jboss.logging.Logger;

/**
 * Before anything is read: the database's tables are none of a newer version, which may mean by
 * them what this one does not know. (Older ones were brought up to date before.)
 */
@ApplicationScoped
public class SchemaCheck {

    private static final Logger LOG = Logger.getLogger(SchemaCheck.class);

    private final Flyway flyway;

    SchemaCheck(Flyway flyway) {
        this.flyway = flyway;
    }

    void onStart(@Observes @Priority(1) StartupEvent event) {
        if (RecordedStart.isThis()) {
            return;
        }
        newer(flyway.info().all())
                .ifPresent(
                        version -> {
                            String why =
                                    "The database's tables are of a newer Keyturn (schema %s): use"
                                                    .formatted(version)
                                            + " the newer one";
                            LOG.error(why);
                            throw new IllegalStateException(why);
                        });
    }

    /** The newest version that was applied and is not known here. */
    static Optional<String> newer(MigrationInfo[] migrations) {
        return Arrays.stream(migrations)
                .filter(
                        m ->
                                m.getState() == MigrationState.FUTURE_SUCCESS
                                        || m.getState() == MigrationState.FUTURE_FAILED)
                .map(m -> String.valueOf(m.getVersion()))
                .reduce((_, last) -> last);
    }
}
