@NullMarked
package dev.keyturn.home.seal;

import org.jspecify.annotations.NullMarked;
