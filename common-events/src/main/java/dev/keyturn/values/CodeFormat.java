package dev.keyturn.values;

import org.jspecify.annotations.Nullable;

/**
 * What a code must look like, checked before the site is asked.
 *
 * @param kind digits, or any text
 * @param length how many characters exactly; absent if the site does not say
 * @param maxLength how many characters at most; absent means 256
 */
public record CodeFormat(FormatKind kind, @Nullable Integer length, @Nullable Integer maxLength) {}
