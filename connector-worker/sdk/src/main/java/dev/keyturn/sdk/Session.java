package dev.keyturn.sdk;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The account's session at the site: requests, and the cookies that belong to them.
 *
 * <p>Laws:
 *
 * <ol>
 *   <li>It talks only to hosts that the connector declares, that stand in one of the account's
 *       {@link Field.Type#URL} fields or in the operator's settings; over TLS, and never to private
 *       addresses, unless the operator allows it. This holds for each redirect too.
 *   <li>Cookies follow RFC 6265. No cookie, {@code Authorization} or form field is carried to
 *       another host by a redirect.
 *   <li>Redirects are followed, ten at most. 301, 302 and 303 become a GET.
 *   <li>Cookies are kept, sealed, between runs, until the person changes the credentials.
 * </ol>
 */
public interface Session {

    /**
     * Sends a request and returns where it ended. An answer of 4xx is a page like any other.
     *
     * @throws ConnectorFailure {@link Reason#VENDOR_DOWN} if the site cannot be reached, takes too
     *     long or answers with 5xx; {@link Reason#UNKNOWN_ERROR}, saying which rule was broken, if
     *     the address is not allowed, the answer too large, or the redirects too many
     */
    Page send(Request request);

    /** Gets a page. */
    default Page get(String address) {
        return send(Request.get(address));
    }

    /** Posts form fields. */
    default Page post(String address, Map<String, String> form) {
        return send(Request.post(address, form));
    }

    /** Sends a form, with its page as {@code Referer}. */
    default Page submit(Form form) {
        return send(form.toRequest());
    }

    /** Whether the cookies come from an earlier run of this account. */
    boolean isKept();

    /** The cookies that have not expired. */
    List<Cookie> cookies();

    /** The value of a cookie of this name, whatever its domain and path. */
    default Optional<String> cookie(String name) {
        return cookies().stream().filter(c -> c.name().equals(name)).map(Cookie::value).findFirst();
    }

    /** Forgets all cookies. */
    void clear();
}
