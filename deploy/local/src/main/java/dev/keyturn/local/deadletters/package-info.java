/** What could not be decoded, and its way back. */
@NullMarked
package dev.keyturn.local.deadletters;

import org.jspecify.annotations.NullMarked;
