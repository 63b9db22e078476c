package dev.keyturn.home.web;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
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
            if (isOfConnection(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** A file or a text that cannot be read is an {@link IOException} too, and is no outage. */
    private static boolean isOfConnection(Throwable cause) {
        return cause instanceof SocketException
                || cause instanceof UnknownHostException
                || cause instanceof ClosedChannelException
                || cause.getClass() == IOException.class
                || cause instanceof TimeoutException
                || cause instanceof VertxException
                || isClosed(cause);
    }

    /**
     * The driver's own word for a connection that it has closed meanwhile, as whatever it throws.
     */
    private static boolean isClosed(Throwable cause) {
        return (cause instanceof IllegalStateException || !(cause instanceof Exception))
                && String.valueOf(cause.getMessage()).startsWith("Connection ");
    }

    /**
     * Connection, resources, operator intervention; and a transaction in which we stood still for
     * too long.
     */
    private static boolean isTransient(String state) {
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.equals("25P03");
    }
}
