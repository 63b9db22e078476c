@NullMarked
package dev.keyturn.chaos;

import org.jspecify.annotations.NullMarked;
