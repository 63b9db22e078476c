/** The sandbox connector, with a clock. */
@NullMarked
package dev.keyturn.benchmark.connector;

import org.jspecify.annotations.NullMarked;
