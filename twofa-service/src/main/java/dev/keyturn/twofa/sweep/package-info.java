/** What happens because time passes. */
@NullMarked
package dev.keyturn.twofa.sweep;

import org.jspecify.annotations.NullMarked;
