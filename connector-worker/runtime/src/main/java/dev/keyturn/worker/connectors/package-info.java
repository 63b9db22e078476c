/** Connectors from jars, and the catalogue of them. */
@NullMarked
package dev.keyturn.worker.connectors;

import org.jspecify.annotations.NullMarked;
