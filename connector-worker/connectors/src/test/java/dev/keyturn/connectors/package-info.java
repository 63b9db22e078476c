@NullMarked
package dev.keyturn.connectors;

import org.jspecify.annotations.NullMarked;
