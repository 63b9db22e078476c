/** A stopped stack as one file that only a passphrase opens, and back. */
@NullMarked
package dev.keyturn.local.backup;

import org.jspecify.annotations.NullMarked;
