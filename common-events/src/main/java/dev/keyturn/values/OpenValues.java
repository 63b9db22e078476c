package dev.keyturn.values;

/** Reads a text as one of the names of an enumeration that may grow. */
final class OpenValues {

    private OpenValues() {}

    static <E extends Enum<E>> E kind(Class<E> type, String text, E other) {
        for (E kind : type.getEnumConstants()) {
            if (kind.name().equals(text)) {
                return kind;
            }
        }
        return other;
    }
}
