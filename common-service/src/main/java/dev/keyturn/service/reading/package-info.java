/** Topics read into a database, with the position in the same transaction. */
@NullMarked
package dev.keyturn.service.reading;

import org.jspecify.annotations.NullMarked;
