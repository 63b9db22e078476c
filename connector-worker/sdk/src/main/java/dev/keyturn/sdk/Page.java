package dev.keyturn.sdk;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the site answered. Selectors are CSS; a page that is not HTML has nothing for any of them.
 * Everything in it is untrusted.
 */
public interface Page {

    /** Where it came from, after all redirects. It may hold secrets in its query. */
    URI address();

    /** The HTTP status. */
    int status();

    /** A header by name, whatever its case; the first if there are several. */
    Optional<String> header(String name);

    /** Where a redirect leads that was not followed; see {@link Request#stopAt}. Absolute. */
    Optional<URI> location();

    /** The body as it came. */
    byte[] bytes();

    /** The body as text, in the charset that it names, else UTF-8. */
    String body();

    /** Whether there is such an element. */
    boolean has(String css);

    /** The text of the first such element, white space collapsed; empty if there is none. */
    String text(String css);

    /** The text of each such element. */
    List<String> texts(String css);

    /** An attribute of the first such element; empty if there is no element or no attribute. */
    Optional<String> attr(String css, String attribute);

    /** An attribute of each such element that has it. */
    List<String> attrs(String css, String attribute);

    /** The links among such elements. */
    List<Link> links(String css);

    /**
     * The first such form.
     *
     * @throws ConnectorFailure {@link Reason#UNKNOWN_ERROR}, naming selector and page, if it is not
     *     there
     */
    Form form(String css);

    /** All such forms, in the page's order. */
    List<Form> forms(String css);

    /**
     * A value of a JSON body, as text, by JSON Pointer (RFC 6901): {@code /accounts/0/id}.
     *
     * @return empty if there is nothing, or null, at that place
     * @throws ConnectorFailure {@link Reason#UNKNOWN_ERROR}, naming the page, if the body is not
     *     JSON
     */
    Optional<String> json(String pointer);

    /** How many elements a JSON array at that place has; 0 if there is none. */
    int jsonSize(String pointer);
}
