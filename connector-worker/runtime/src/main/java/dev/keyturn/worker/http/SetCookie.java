package dev.keyturn.worker.http;

import dev.keyturn.sdk.Cookie;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one {@code Set-Cookie} header, RFC 6265 section 5, and says which requests get it. */
final class SetCookie {

    private static final int LONGEST = 8192;
    private static final Pattern IP = Pattern.compile("[0-9.]+|.*:.*");
    private static final Pattern DATE_DELIMITER = Pattern.compile("[\\x09\\x20-\\x2f;-@\\[-`{-~]+");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(\\D.*)?");
    private static final Pattern DAY = Pattern.compile("(\\d{1,2})(\\D.*)?");
    private static final Pattern YEAR = Pattern.compile("(\\d{2,4})(\\D.*)?");
    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    private SetCookie() {}

    /** The cookie, or nothing if the header is to be ignored. Past expiry means: delete it. */
    static Optional<Cookie> parse(String header, URI from, Instant now) {
        int end = header.indexOf(';');
        String pair = end < 0 ? header : header.substring(0, end);
        int equals = pair.indexOf('=');
        String name = equals < 0 ? "" : pair.substring(0, equals).strip();
        String value = pair.substring(equals + 1).strip();
        if ((name.isEmpty() && value.isEmpty()) || isUnfit(name + value)) {
            return Optional.empty();
        }
        Map<String, String> attributes = attributes(end < 0 ? "" : header.substring(end + 1));
        Optional<String> domain = domain(attributes.getOrDefault("domain", ""), from);
        if (domain.isEmpty()) {
            return Optional.empty();
        }
        boolean hostOnly = !attributes.containsKey("domain") || domain.get().equals(ipOf(from));
        Cookie cookie =
                new Cookie(
                        name,
                        value,
                        domain.get(),
                        hostOnly || attributes.getOrDefault("domain", "").isEmpty(),
                        path(attributes.get("path"), from),
                        expires(attributes, now),
                        attributes.containsKey("secure"),
                        attributes.containsKey("httponly"));
        return mayBeSet(cookie, attributes, from) ? Optional.of(cookie) : Optional.empty();
    }

    /** Whether a request to an address carries the cookie. */
    static boolean belongsTo(Cookie cookie, URI to) {
        String host = Addresses.host(to);
        boolean domain =
                cookie.hostOnly() ? host.equals(cookie.domain()) : isBelow(host, cookie.domain());
        return domain
                && isUnder(Addresses.path(to), cookie.path())
                && (!cookie.secure() || isSecure(to));
    }

    /** Browsers and curl treat loopback like TLS: nobody can listen in between. */
    static boolean isSecure(URI address) {
        String host = Addresses.host(address);
        return Addresses.isTls(address)
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("::1");
    }

    private static boolean mayBeSet(Cookie cookie, Map<String, String> attributes, URI from) {
        if (cookie.secure() && !isSecure(from)) {
            return false;
        }
        String name = cookie.name().toLowerCase(Locale.ROOT);
        if (name.startsWith("__host-")) {
            return cookie.secure()
                    && cookie.hostOnly()
                    && cookie.path().equals("/")
                    && attributes.containsKey("path");
        }
        return !name.startsWith("__secure-") || cookie.secure();
    }

    private static boolean isUnfit(String text) {
        return text.length() > LONGEST
                || text.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f);
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new HashMap<>();
        for (String part : text.split(";", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            String value = equals < 0 ? "" : part.substring(equals + 1);
            attributes.put(name.strip().toLowerCase(Locale.ROOT), value.strip());
        }
        return attributes;
    }

    // A domain must cover the host that names it, and may not be a whole top-level domain.
    private static Optional<String> domain(String named, URI from) {
        String host = Addresses.host(from);
        String domain =
                (named.startsWith(".") ? named.substring(1) : named).toLowerCase(Locale.ROOT);
        if (domain.isEmpty() || domain.equals(host)) {
            return Optional.of(host);
        }
        return isBelow(host, domain) && domain.contains(".")
                ? Optional.of(domain)
                : Optional.empty();
    }

    private static @Nullable String ipOf(URI from) {
        String host = Addresses.host(from);
        return IP.matcher(host).matches() ? host : null;
    }

    private static boolean isBelow(String host, String domain) {
        return host.equals(domain) || (host.endsWith("." + domain) && !IP.matcher(host).matches());
    }

    private static boolean isUnder(String path, String cookiePath) {
        return path.equals(cookiePath)
                || (path.startsWith(cookiePath)
                        && (cookiePath.endsWith("/") || path.charAt(cookiePath.length()) == '/'));
    }

    private static String path(@Nullable String named, URI from) {
        if (named != null && named.startsWith("/")) {
            return named;
        }
        String path = Addresses.path(from);
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    private static @Nullable Instant expires(Map<String, String> attributes, Instant now) {
        String age = attributes.getOrDefault("max-age", "");
        if (age.matches("-?\\d+")) {
            return age.startsWith("-") || age.matches("0+")
                    ? Instant.EPOCH
                    : now.plusSeconds(seconds(age));
        }
        return date(attributes.getOrDefault("expires", "")).orElse(null);
    }

    // Nobody needs a cookie for more than 400 days, and longer numbers would not fit.
    private static long seconds(String digits) {
        long most = 400L * 24 * 3600;
        return digits.length() > 9 ? most : Math.min(Long.parseLong(digits), most);
    }

    /** Dates as sites write them: RFC 6265, 5.1.1. */
    static Optional<Instant> date(String text) {
        Matcher time = null;
        int day = -1;
        int month = -1;
        int year = -1;
        for (String token : DATE_DELIMITER.split(text, -1)) {
            Matcher clock = TIME.matcher(token);
            Matcher dayToken = DAY.matcher(token);
            Matcher yearToken = YEAR.matcher(token);
            if (time == null && clock.matches()) {
                time = clock;
            } else if (day < 0 && dayToken.matches()) {
                day = Integer.parseInt(dayToken.group(1));
            } else if (month < 0 && isMonth(token)) {
                month = MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
            } else if (year < 0 && yearToken.matches()) {
                year = fullYear(Integer.parseInt(yearToken.group(1)));
            }
        }
        return time == null || day < 0 || month < 0 || year < 1601
                ? Optional.empty()
                : instant(year, month, day, time);
    }

    private static boolean isMonth(String token) {
        return token.length() >= 3
                && MONTHS.contains(token.substring(0, 3).toLowerCase(Locale.ROOT));
    }

    private static int fullYear(int year) {
        if (year >= 70 && year <= 99) {
            return year + 1900;
        }
        return year < 70 ? year + 2000 : year;
    }

    private static Optional<Instant> instant(int year, int month, int day, Matcher time) {
        try {
            LocalDateTime local =
                    LocalDateTime.of(
                            year,
                            month,
                            day,
                            Integer.parseInt(time.group(1)),
                            Integer.parseInt(time.group(2)),
                            Integer.parseInt(time.group(3)));
            return Optional.of(local.toInstant(ZoneOffset.UTC));
        } catch (DateTimeException _) {
            return Optional.empty(); // a date that does not exist counts as none
        }
    }
}
