/** Faults under load against the real processes, and the audit of what they left. */
@NullMarked
package dev.keyturn.chaos;

import org.jspecify.annotations.NullMarked;
