/** New identifiers. */
@NullMarked
package dev.keyturn.service.ids;

import org.jspecify.annotations.NullMarked;
