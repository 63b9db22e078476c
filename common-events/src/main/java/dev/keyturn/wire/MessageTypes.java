package dev.keyturn.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The records of a family by their name on the wire, read off its sealed type. */
public final class MessageTypes {

    private MessageTypes() {}

    /** Every record of the family, by name. */
    public static Map<String, Class<? extends Message>> of(Set<Class<? extends Message>> families) {
        return families.stream()
                .flatMap(MessageTypes::records)
                .collect(
                        Collectors.toMap(
                                Class::getSimpleName, type -> type, (_, b) -> b, TreeMap::new));
    }

    private static Stream<Class<? extends Message>> records(Class<? extends Message> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(sub -> records(sub.asSubclass(Message.class)))
                : Stream.of(type);
    }
}
