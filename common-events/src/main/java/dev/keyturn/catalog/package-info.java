/** What can be signed in to. */
@NullMarked
package dev.keyturn.catalog;

import org.jspecify.annotations.NullMarked;
