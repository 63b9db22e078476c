package dev.keyturn.wire;

import java.util.Locale;

/** Who may be let in to the broker and the database. */
public enum Principal {
    HOME("home-service"),
    WORKER("connector-worker"),
    TWOFA("twofa-service");

    private final String service;

    Principal(String service) {
        this.service = service;
    }

    /** The name of its user in Kafka, and of its role and schema in Postgres. */
    public String user() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The service's name; its consumer group, and the {@code ce_source} of what it writes. */
    public String service() {
        return service;
    }
}
