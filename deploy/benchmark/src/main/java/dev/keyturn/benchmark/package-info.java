/** Measures handshakes: one submitted code up to the connector that has it. */
@NullMarked
package dev.keyturn.benchmark;

import org.jspecify.annotations.NullMarked;
