/** People who sign in, as people are. */
@NullMarked
package dev.keyturn.chaos.person;

import org.jspecify.annotations.NullMarked;
