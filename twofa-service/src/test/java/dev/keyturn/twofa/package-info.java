@NullMarked
package dev.keyturn.twofa;

import org.jspecify.annotations.NullMarked;
