/** Messages that are written beside the state that they tell of, and sent in its order. */
@NullMarked
package dev.keyturn.service.outbox;

import org.jspecify.annotations.NullMarked;
