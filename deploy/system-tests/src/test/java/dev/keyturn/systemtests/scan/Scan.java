package dev.keyturn.systemtests.scan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at every byte for many secrets at once, in all forms. Used by one thread. */
public final class Scan {

    /** How much of a stream is looked at at once. */
    static final int CHUNK = 1 << 20;

    private static final int START = 3;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Pattern(Needle needle, Form form, byte[] bytes) {}

    /**
     * How much was looked at.
     *
     * @param places how many of a kind
     */
    public record Seen(long places, long bytes) {

        private Seen plus(long more) {
            return new Seen(places + 1, bytes + more);
        }
    }

    /** By their first bytes, which few places share. */
    private final boolean[] starts = new boolean[1 << (8 * START)];

    private final Map<Integer, List<Pattern>> byStart = new HashMap<>();
    private final Set<Hit> hits = new LinkedHashSet<>();
    private final Map<Place.Kind, Seen> seen = new EnumMap<>(Place.Kind.class);
    private int longest;

    public Scan(Collection<Needle> needles) {
        needles.forEach(needle -> forms(needle).forEach((form, bytes) -> add(needle, form, bytes)));
    }

    /** The forms that a secret is looked for in: of those that write it alike, the first. */
    public static List<Form> formsOf(Needle needle) {
        return List.copyOf(forms(needle).keySet());
    }

    private static Map<Form, byte[]> forms(Needle needle) {
        Map<String, Form> bySought = new LinkedHashMap<>();
        for (Form form : Form.all()) {
            if (!needle.isNumber() || !form.isReversed()) {
                bySought.putIfAbsent(form.sought().apply(needle.text()), form);
            }
        }
        Map<Form, byte[]> forms = new LinkedHashMap<>();
        bySought.forEach((text, form) -> forms.put(form, text.getBytes(StandardCharsets.UTF_8)));
        return forms;
    }

    private void add(Needle needle, Form form, byte[] bytes) {
        if (bytes.length < START) {
            throw new IllegalArgumentException(needle + " as " + form + ": must be longer");
        }
        int start = start(bytes, 0);
        starts[start] = true;
        byStart.computeIfAbsent(start, _ -> new ArrayList<>())
                .add(new Pattern(needle, form, bytes));
        longest = Math.max(longest, bytes.length);
    }

    /** What was found, in the order in which it was. */
    public Set<Hit> hits() {
        return Set.copyOf(hits);
    }

    public Map<Place.Kind, Seen> seen() {
        return Map.copyOf(seen);
    }

    public void look(Place place, String text) {
        look(place, text.getBytes(StandardCharsets.UTF_8));
    }

    public void look(Place place, byte[] bytes) {
        try {
            look(place, new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks at all of it, and does not close it. */
    public void look(Place place, InputStream in) throws IOException {
        byte[] buffer = new byte[CHUNK + 2 * longest];
        long all = 0;
        int kept = 0; // of the chunk before: one byte that was looked at, and what was not
        int from = 0;
        boolean isLast = false;
        while (!isLast) {
            int read = in.readNBytes(buffer, kept, buffer.length - kept);
            int end = kept + read;
            all += read;
            isLast = end < buffer.length;
            int until = isLast ? end : end - longest; // what begins later may go on later
            look(place, buffer, from, until, end);
            int keepFrom = Math.max(0, until - 1);
            System.arraycopy(buffer, keepFrom, buffer, 0, end - keepFrom);
            kept = end - keepFrom;
            from = until - keepFrom;
        }
        seen.put(place.kind(), seen.getOrDefault(place.kind(), new Seen(0, 0)).plus(all));
    }

    private void look(Place place, byte[] buffer, int from, int until, int end) {
        int last = Math.min(until, end - START + 1);
        for (int i = from; i < last; i++) {
            int start = start(buffer, i);
            if (starts[start]) {
                compare(place, buffer, i, end, byStart.getOrDefault(start, List.of()));
            }
        }
    }

    private void compare(Place place, byte[] buffer, int at, int end, List<Pattern> patterns) {
        for (Pattern pattern : patterns) {
            int behind = at + pattern.bytes().length;
            if (behind <= end
                    && matches(buffer, at, pattern.bytes())
                    && !isPartOfNumber(pattern, buffer, at, behind, end)) {
                hits.add(new Hit(pattern.needle().name(), pattern.form().name(), place));
            }
        }
    }

    private static boolean matches(byte[] buffer, int at, byte[] bytes) {
        for (int i = START; i < bytes.length; i++) {
            if (buffer[at + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPartOfNumber(
            Pattern pattern, byte[] buffer, int at, int behind, int end) {
        boolean before = at > 0 && goesOn(buffer[at - 1]);
        boolean after = behind < end && goesOn(buffer[behind]);
        return pattern.needle().isNumber() && (before || after);
    }

    /** What continues a number, an id or a sealed text. */
    private static boolean goesOn(byte b) {
        return b > 0 && (Character.isLetterOrDigit(b) || ".+/-_".indexOf(b) >= 0);
    }

    private static int start(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 16) | ((bytes[at + 1] & 0xff) << 8) | (bytes[at + 2] & 0xff);
    }
}
