@NullMarked
package dev.keyturn.sandbox.state;

import org.jspecify.annotations.NullMarked;
