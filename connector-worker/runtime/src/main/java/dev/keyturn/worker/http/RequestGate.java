package dev.keyturn.worker.http;

import java.net.URI;

/**
 * Asked before each request goes out, each redirect's too, on the run's own thread. It may block,
 * and refuses by throwing, as {@link dev.keyturn.sdk.RunStopped}.
 */
@FunctionalInterface
public interface RequestGate {

    /** Lets everything through. */
    RequestGate OPEN = (_, _) -> {};

    /**
     * Called when all rules about addresses hold and nothing was sent yet.
     *
     * @param method in upper case; what is neither GET nor HEAD may change something at the site
     * @param address with its query: to be logged by {@link dev.keyturn.sdk.ShownAddress} only
     */
    void beforeRequest(String method, URI address);
}
