/** How a service ends. */
@NullMarked
package dev.keyturn.service.stop;

import org.jspecify.annotations.NullMarked;
