/** Seeds that are played at each build. */
@NullMarked
package dev.keyturn.simulator;

import org.jspecify.annotations.NullMarked;
