/** Who plays: the three services, made of Keyturn's own classes, a site, and people. */
@NullMarked
package dev.keyturn.simulator.cast;

import org.jspecify.annotations.NullMarked;
