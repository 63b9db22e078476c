package dev.keyturn.service.db;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Whether something failed only because the database is not there now, or busy: what may be tried
 * again as it is.
 */
public final class Outage {

    private Outage() {}

    /** Whether that, or what caused it, is an outage. */
    public static boolean is(Throwable failure) {
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
                || cause instanceof SSLException
                || cause.getClass() == IOException.class
                || cause instanceof TimeoutException
                || cause instanceof java.util.concurrent.TimeoutException
                || cause instanceof VertxException
                || isOfDriver(cause);
    }

    /**
     * The driver's own words, as whatever it throws: for a connection that it has closed meanwhile,
     * and for a pool that had none to give in time.
     */
    private static boolean isOfDriver(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        return (cause instanceof IllegalStateException && words.startsWith("Connection "))
                || (!(cause instanceof Exception)
                        && (words.startsWith("Connection ") || words.equals("Timeout")));
    }

    /**
     * Connection, resources, operator intervention, deadlock and serialization; and a transaction
     * in which we stood still for too long.
     */
    private static boolean isTransient(String state) {
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("40")
                || state.equals("25P03");
    }
}
