/** Where threads begin and wait. */
@NullMarked
package dev.keyturn.service.threads;

import org.jspecify.annotations.NullMarked;
