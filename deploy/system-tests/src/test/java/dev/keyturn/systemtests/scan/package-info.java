/** Looks for secrets in bytes, in each form in which somebody may have written them. Pure. */
@NullMarked
package dev.keyturn.systemtests.scan;

import org.jspecify.annotations.NullMarked;
