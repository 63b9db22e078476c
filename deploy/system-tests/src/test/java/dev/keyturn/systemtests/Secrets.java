package dev.keyturn.systemtests;

import dev.keyturn.systemtests.scan.Needle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The secrets of a load of sign-ins: made up when first asked for, looked for in the end. */
final class Secrets {

    private final Map<String, Needle> byName = new ConcurrentHashMap<>();

    /** The one of this name: any text. */
    String text(String name) {
        return of(name, Needle::text);
    }

    /** The one of this name: what may stand in a cookie. */
    String token(String name) {
        return of(name, Needle::token);
    }

    /** A code that a site made; the code. */
    String number(String name, String code) {
        return of(name, n -> Needle.number(n, code));
    }

    /** One that Home has made; its text. */
    String known(String name, String text) {
        return of(name, n -> new Needle(n, text, false));
    }

    private String of(String name, Function<String, Needle> make) {
        return byName.computeIfAbsent(name, make).text();
    }

    Collection<Needle> all() {
        return List.copyOf(byName.values());
    }
}
