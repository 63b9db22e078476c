package dev.keyturn.local.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One process of the stack. */
public interface Member {

    /** What people call it; the name of its log, too. */
    String name();

    /** The port that is shown. */
    int port();

    /** Every port that it takes. */
    List<Integer> ports();

    String version();

    /** Whether it waits for broker and database. */
    boolean needsInfrastructure();

    /** Makes what it needs on disk. */
    void prepare();

    /** How it is started; others can read this, so no secret is in it. */
    List<String> command();

    Map<String, String> environment();

    /** Returns when it is ready, or says why it never will be. */
    void awaitReady(ProcessHandle process, Path log);

    /** Empty if it is ready, else what is missing; one look, no waiting. */
    Optional<String> notReady();
}
