package dev.keyturn.sdk;

import java.util.Objects;

/**
 * A name and a value as a form sends them. Prints no value, and is none that JSON writers write.
 */
public final class FormValue {

    private final String name;
    private final String value;

    public FormValue(String name, String value) {
        this.name = Objects.requireNonNull(name, "name");
        this.value = Objects.requireNonNull(value, "value");
    }

    public String name() {
        return name;
    }

    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FormValue that
                && name.equals(that.name)
                && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, value);
    }

    @Override
    public String toString() {
        return name + "=…";
    }
}
