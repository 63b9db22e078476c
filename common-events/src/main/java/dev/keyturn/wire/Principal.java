package dev.keyturn.wire;

import java.util.Locale;

/** Who may be let in to the broker and the database. */
public enum Principal {
    HOME("home-service", 7_001),
    WORKER("connector-worker", 7_002),
    TWOFA("twofa-service", 7_003);

    private final String service;
    private final int lockNumber;

    Principal(String service, int lockNumber) {
        this.service = service;
        this.lockNumber = lockNumber;
    }

    /** The name of its user in Kafka, and of its role and schema in Postgres. */
    public String user() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The service's name; its consumer group, and the {@code ce_source} of what it writes. */
    public String service() {
        return service;
    }

    /** The first number of its advisory locks in Postgres: schemas may share a database. */
    public int lockNumber() {
        return lockNumber;
    }
}
