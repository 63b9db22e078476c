/** What people say to a challenge. */
@NullMarked
package dev.keyturn.home.challenges;

import org.jspecify.annotations.NullMarked;
