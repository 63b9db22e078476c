/** How often a user may ask, so that one cannot take what others need. */
@NullMarked
package dev.keyturn.home.limits;

import org.jspecify.annotations.NullMarked;
