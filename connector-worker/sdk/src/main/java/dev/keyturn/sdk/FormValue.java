package dev.keyturn.sdk;

/** A name and a value as a form sends them. Does not print its value. */
public record FormValue(String name, String value) {

    @Override
    public String toString() {
        return name + "=…";
    }
}
