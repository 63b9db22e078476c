/** Changes pushed to the pages that are open. */
@NullMarked
package dev.keyturn.home.live;

import org.jspecify.annotations.NullMarked;
