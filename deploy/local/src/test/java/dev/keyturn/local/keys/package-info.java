@NullMarked
package dev.keyturn.local.keys;

import org.jspecify.annotations.NullMarked;
