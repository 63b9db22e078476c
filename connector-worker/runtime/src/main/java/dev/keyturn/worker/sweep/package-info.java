/** What ends without its holder, and what is cleaned away. */
@NullMarked
package dev.keyturn.worker.sweep;

import org.jspecify.annotations.NullMarked;
