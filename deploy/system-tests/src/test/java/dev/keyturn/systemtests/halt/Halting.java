package dev.keyturn.systemtests.halt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Inside the process: what its threads say at each seam, and whether that is a point. */
public final class Halting {

    private static final List<Point> POINTS = new CopyOnWriteArrayList<>();

    /** What the thread has said in its transaction, or has sent since. */
    private static final ThreadLocal<List<String>> SAID = ThreadLocal.withInitial(ArrayList::new);

    private Halting() {}

    static void add(Point next) {
        POINTS.add(next);
    }

    /** A transaction begins. */
    public static void begin(Object[] arguments) {
        SAID.get().clear();
    }

    /** A statement is about to be sent. */
    public static void statement(Object[] arguments) {
        happen(Seam.BEFORE_STATEMENT, say(arguments));
    }

    /** A transaction is about to be committed. */
    public static void committing(Object[] arguments) {
        SAID.get().forEach(said -> happen(Seam.BEFORE_COMMIT, said));
    }

    /** A transaction is committed. */
    public static void committed(Object[] arguments) {
        SAID.get().forEach(said -> happen(Seam.AFTER_COMMIT, said));
        SAID.get().clear();
    }

    /** A record is about to be handed to the producer. */
    public static void send(Object[] arguments) {
        happen(Seam.BEFORE_SEND, say(arguments));
    }

    /** All that the thread has sent is acknowledged. */
    public static void sent(Object[] arguments) {
        SAID.get().forEach(said -> happen(Seam.AFTER_SEND, said));
        SAID.get().clear();
    }

    /** Commands are about to be decided. */
    public static void decide(Object[] arguments) {
        SAID.get().clear();
        String _ = say(arguments);
    }

    private static String say(Object[] arguments) {
        if (POINTS.isEmpty()) {
            return "";
        }
        String said = text(arguments);
        SAID.get().add(said);
        return said;
    }

    private static void happen(Seam seam, String said) {
        for (Point point : List.copyOf(POINTS)) {
            if (point.seam() == seam && point.isIn(said) && POINTS.remove(point) && point.take()) {
                point.end().happen();
            }
        }
    }

    private static String text(@Nullable Object thing) {
        return switch (thing) {
            case null -> "null";
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case Object[] things ->
                    Arrays.stream(things).map(Halting::text).collect(Collectors.joining(", "));
            default -> isRecord(thing) ? record(thing) : thing.toString();
        };
    }

    private static boolean isRecord(Object thing) {
        return thing.getClass().getSimpleName().equals("ProducerRecord");
    }

    /** Its class is the service's own, which is unknown here. */
    private static String record(Object record) {
        StringBuilder text = new StringBuilder(text(get(record, "topic")) + " ");
        text.append(text(get(record, "key")));
        for (Object header : (Iterable<?>) Objects.requireNonNull(get(record, "headers"))) {
            text.append(' ').append(text(get(header, "key")));
            text.append('=').append(text(get(header, "value")));
        }
        return text.append(' ').append(text(get(record, "value"))).toString();
    }

    private static @Nullable Object get(Object thing, String name) {
        try {
            return thing.getClass().getMethod(name).invoke(thing);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
