/** What outlives a restart, in a file. */
@NullMarked
package dev.keyturn.sandbox.state;

import org.jspecify.annotations.NullMarked;
