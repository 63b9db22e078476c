/** How a worker is configured. */
@NullMarked
package dev.keyturn.worker.config;

import org.jspecify.annotations.NullMarked;
