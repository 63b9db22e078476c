package dev.keyturn.worker.lease;

import java.util.UUID;

/** This process among the workers: who it is, and whether it may act. */
public interface Instance {

    /** Who this process is now. */
    UUID id();

    /** Whether a request to a site may begin. */
    boolean holds();

    /** Whether others may be judged by their leases. */
    boolean isSteady();

    /** Grows each time the lease was renewed after it had been over. */
    int gaps();
}
