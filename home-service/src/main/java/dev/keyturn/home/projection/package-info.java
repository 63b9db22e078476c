/** The log, projected into tables. */
@NullMarked
package dev.keyturn.home.projection;

import org.jspecify.annotations.NullMarked;
