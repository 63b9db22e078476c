package dev.keyturn.worker.execution;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whether something failed only because the database is not there now. */
final class Outage {

    private Outage() {}

    static boolean is(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof PgException refused) {
                return isTransient(String.valueOf(refused.getSqlState()));
            }
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof java.util.concurrent.TimeoutException
                    || cause instanceof VertxException
                    || isClosed(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /**
     * The driver's own word for a connection that it has closed meanwhile, as whatever it throws.
     */
    private static boolean isClosed(Throwable cause) {
        return (cause instanceof IllegalStateException || !(cause instanceof Exception))
                && String.valueOf(cause.getMessage()).startsWith("Connection ");
    }

    // Connection, resources, operator intervention, deadlock and serialization; and a transaction
    // in which we stood still for too long.
    private static boolean isTransient(String state) {
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("40")
                || state.equals("25P03");
    }
}
