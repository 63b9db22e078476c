/** Which trace a request belongs to: what it makes others do carries it on. */
@NullMarked
package dev.keyturn.home.trace;

import org.jspecify.annotations.NullMarked;
