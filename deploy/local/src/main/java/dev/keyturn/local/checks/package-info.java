/** What {@code ./keyturn test} finds beforehand and tells afterwards. */
@NullMarked
package dev.keyturn.local.checks;

import org.jspecify.annotations.NullMarked;
