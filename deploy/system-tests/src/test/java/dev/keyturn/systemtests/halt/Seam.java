package dev.keyturn.systemtests.halt;

import java.util.List;

/** Between which two statements. */
public enum Seam {
    /** The database has not seen the statement. */
    BEFORE_STATEMENT,
    /** All statements are done and nothing is committed. */
    BEFORE_COMMIT,
    /** The transaction is committed, nothing that follows it has happened. */
    AFTER_COMMIT,
    /** What stands before the record in the outbox is acknowledged, the record is not sent. */
    BEFORE_SEND,
    /** The broker has acknowledged the record, and nobody here has noted it. */
    AFTER_SEND;

    /**
     * A method of a service at which something is to be called.
     *
     * @param isExit at its end, not at its beginning
     * @param call the method of {@link Halting}
     */
    record Hook(String className, String method, boolean isExit, String call) {}

    /** All of them, in the services' own code and that of their database client. */
    static final List<Hook> HOOKS =
            List.of(
                    new Hook("dev.keyturn.service.db.SqlDatabase", "tx", false, "begin"),
                    new Hook("dev.keyturn.service.db.SqlStatements", "query", false, "statement"),
                    new Hook(
                            "io.vertx.mutiny.sqlclient.Transaction", "commit", false, "committing"),
                    new Hook("dev.keyturn.service.db.SqlTx", "afterCommit", false, "committed"),
                    new Hook("dev.keyturn.service.send.ChannelSender", "sendAsync", false, "send"),
                    new Hook("dev.keyturn.service.send.ChannelSender", "send", true, "sent"),
                    new Hook("dev.keyturn.twofa.db.Decisions", "apply", false, "decide"),
                    new Hook("dev.keyturn.twofa.db.Transactions", "call", true, "committed"));
}
