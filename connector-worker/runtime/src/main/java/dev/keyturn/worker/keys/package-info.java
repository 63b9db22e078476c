/** The fleet's keys. */
@NullMarked
package dev.keyturn.worker.keys;

import org.jspecify.annotations.NullMarked;
