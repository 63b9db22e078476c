/** Values that may grow: what is unknown is kept as it came. */
@NullMarked
package dev.keyturn.values;

import org.jspecify.annotations.NullMarked;
