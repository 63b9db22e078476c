package dev.keyturn.worker.http;

import dev.keyturn.sdk.Session;

/** A session whose cookies can be kept. Used by one thread at a time. */
public interface HttpSession extends Session {

    /** The cookies, expiry as absolute instants: JSON in UTF-8. As good as a password: seal it. */
    byte[] exportJar();

    /**
     * Puts the cookies back to what was exported; {@link #isKept()} stays as it was.
     *
     * @throws IllegalArgumentException if this is no exported jar
     */
    void restoreJar(byte[] jar);
}
