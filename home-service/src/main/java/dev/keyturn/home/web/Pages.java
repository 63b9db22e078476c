package dev.keyturn.home.web;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The page is one file, and knows by the address what to show: each of its own addresses is
 * answered with that file, also where it is opened directly or reloaded. Others are not there.
 */
@ApplicationScoped
public class Pages {

    void register(@Observes Router router) {
        router.getWithRegex("^/(add|accounts)(/[^/]+(/credentials)?)?/?$")
                .handler(context -> context.reroute("/"));
    }
}
