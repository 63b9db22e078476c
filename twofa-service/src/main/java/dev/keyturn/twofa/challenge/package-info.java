/** What a challenge is and what becomes of it. Pure: no clock, no I/O, no random. */
@NullMarked
package dev.keyturn.twofa.challenge;

import org.jspecify.annotations.NullMarked;
