package dev.keyturn.sdk;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a connector does when the person wants another message, or another kind of second factor: a
 * new round of the same question.
 *
 * @param request makes the site do it and returns the page that it shows then. Done once for each
 *     wish, as a step that is {@link Step#once()}: if the worker dies in the middle of it, the run
 *     ends with {@link Reason#INTERRUPTED}
 * @param question what to ask from now on, as that page says. It is asked again, with the same
 *     page, when the run is taken over, so it sends nothing; it may keep the page for the connector
 */
public record NextRound(Supplier<Page> request, Function<Page, TwoFaOptions> question) {}
