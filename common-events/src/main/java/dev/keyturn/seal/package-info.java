/** What is sealed, to whom, and what it is bound to. */
@NullMarked
package dev.keyturn.seal;

import org.jspecify.annotations.NullMarked;
