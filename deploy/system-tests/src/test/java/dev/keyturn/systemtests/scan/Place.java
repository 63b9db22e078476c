package dev.keyturn.systemtests.scan;

/**
 * Where bytes were found.
 *
 * @param where which topic, table, file or address
 */
public record Place(Kind kind, String where) {

    /** What sort of place. */
    public enum Kind {
        /** A record as a consumer reads it: key, headers and value. */
        TOPIC,
        /** A file of the broker's data folder. */
        BROKER_FILE,
        /** A row as SQL reads it, as text. */
        TABLE,
        DATABASE_FILE,
        WAL,
        LOG,
        /** Whatever else lies in the stack's folder. */
        FILE,
        FILE_NAME,
        /** What a management port says: metrics, health. */
        MANAGEMENT,
        /** What Home answered, headers and body. */
        HTTP,
        /** Home's stream of changes. */
        STREAM,
        /** Arguments and environment of a process. */
        PROCESS
    }
}
