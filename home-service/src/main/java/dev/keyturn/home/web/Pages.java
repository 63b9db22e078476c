package dev.keyturn.home.web;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The page is one file: any address of it that is no file is answered with that file. */
@ApplicationScoped
public class Pages {

    void register(@Observes Router router) {
        router.getWithRegex("^/(?!api(/|$)|q(/|$))[^.]+$").handler(context -> context.reroute("/"));
    }
}
