/** Commands of home, read into the database. */
@NullMarked
package dev.keyturn.worker.inbox;

import org.jspecify.annotations.NullMarked;
