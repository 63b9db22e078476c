/** When a key of the fleet may go. Pure. */
@NullMarked
package dev.keyturn.local.keys;

import org.jspecify.annotations.NullMarked;
