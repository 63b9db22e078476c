package dev.keyturn.chaos.plan;

import java.util.List;
import java.util.stream.Stream;

/** The processes under fire. */
public final class Names {

    public static final List<String> WORKERS = List.of("worker-1", "worker-2", "worker-3");
    public static final List<String> TWOFAS = List.of("twofa", "twofa-2");
    public static final String HOME = "home";
    public static final String KAFKA = "kafka";
    public static final String POSTGRES = "postgres";

    private Names() {}

    /** All of home-service, if there are this many. */
    public static List<String> homes(int count) {
        return List.of(HOME, "home-2").subList(0, count);
    }

    /**
     * Keyturn's own: broker and database are not among them.
     *
     * @param homes how many of home-service
     */
    public static List<String> services(int homes) {
        return Stream.of(WORKERS, TWOFAS, homes(homes)).flatMap(List::stream).toList();
    }
}
