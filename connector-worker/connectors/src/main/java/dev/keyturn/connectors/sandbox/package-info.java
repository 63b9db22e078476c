/** Signs in to Keyturn's own test site. */
@NullMarked
package dev.keyturn.connectors.sandbox;

import org.jspecify.annotations.NullMarked;
