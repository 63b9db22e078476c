/** The fleet's public keys. */
@NullMarked
package dev.keyturn.home.keys;

import org.jspecify.annotations.NullMarked;
