/** Records on their way to the broker. */
@NullMarked
package dev.keyturn.service.send;

import org.jspecify.annotations.NullMarked;
