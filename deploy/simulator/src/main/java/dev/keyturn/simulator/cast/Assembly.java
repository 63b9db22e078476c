package dev.keyturn.simulator.cast;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Puts a service together as its container does: each class by its constructor, what is given here
 * in place of what touches the machine.
 */
final class Assembly {

    private final List<Object> parts = new ArrayList<>();

    /** Has this used wherever its type, or one above it, is wanted. */
    Assembly with(Object... given) {
        parts.addAll(List.of(given));
        return this;
    }

    /** The one of this type; made, with all that it needs, when it is first wanted. */
    <T> T get(Class<T> type) {
        for (Object part : parts) {
            if (type.isInstance(part)) {
                return type.cast(part);
            }
        }
        T made = type.cast(make(type));
        parts.add(made);
        return made;
    }

    private Object make(Class<?> type) {
        Constructor<?> constructor =
                Arrays.stream(type.getDeclaredConstructors())
                        .max(Comparator.comparingInt(Constructor::getParameterCount))
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                type.getName()
                                                        + ": must be given, it has no"
                                                        + " constructor"));
        Object[] arguments =
                Arrays.stream(constructor.getParameterTypes()).map(this::argument).toArray();
        try {
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(type.getName() + ": cannot be made", e);
        }
    }

    private Object argument(Class<?> type) {
        return type == int.class ? get(Integer.class) : get(type);
    }
}
