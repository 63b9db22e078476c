/** The one channel that is read. */
@NullMarked
package dev.keyturn.twofa.kafka;

import org.jspecify.annotations.NullMarked;
