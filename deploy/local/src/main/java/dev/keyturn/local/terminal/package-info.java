/** What the launcher reads from and prints for people. */
@NullMarked
package dev.keyturn.local.terminal;

import org.jspecify.annotations.NullMarked;
