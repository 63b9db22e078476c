@NullMarked
package dev.keyturn.home;

import org.jspecify.annotations.NullMarked;
