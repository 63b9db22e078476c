@NullMarked
package dev.keyturn.twofa.challenge;

import org.jspecify.annotations.NullMarked;
