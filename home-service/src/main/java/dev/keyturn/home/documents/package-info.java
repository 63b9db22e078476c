/** What was fetched, as the workers stored it. */
@NullMarked
package dev.keyturn.home.documents;

import org.jspecify.annotations.NullMarked;
