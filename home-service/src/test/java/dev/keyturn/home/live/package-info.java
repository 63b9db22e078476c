@NullMarked
package dev.keyturn.home.live;

import org.jspecify.annotations.NullMarked;
