package dev.keyturn.service.ids;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Identifiers by chance. */
@ApplicationScoped
class RandomIds implements Ids {

    @Override
    public UUID next() {
        return UUID.randomUUID();
    }
}
