package dev.keyturn.service.ids;

import java.util.UUID;

/** Where identifiers come from that nobody had before. The simulator has others that it repeats. */
public interface Ids {

    /** One that nobody had before. */
    UUID next();
}
