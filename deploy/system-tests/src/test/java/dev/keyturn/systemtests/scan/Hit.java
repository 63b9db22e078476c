package dev.keyturn.systemtests.scan;

/**
 * A secret was found; this does not repeat it.
 *
 * @param needle its name
 * @param form the name of the form that it stood in
 */
public record Hit(String needle, String form, Place place) {}
