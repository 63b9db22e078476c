package dev.keyturn.sdk;

/** A connector's own way to find out whether a kept session is still signed in. */
@FunctionalInterface
public interface SessionTest {

    /**
     * Whether the site still knows who this is. It must not make the site send anything to the
     * person. A failure other than "no" (the site is down) is thrown.
     */
    boolean isSignedIn(Session session);
}
