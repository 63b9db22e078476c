@NullMarked
package dev.keyturn.chaos.stack;

import org.jspecify.annotations.NullMarked;
