/** What can be signed in to. */
@NullMarked
package dev.keyturn.home.catalog;

import org.jspecify.annotations.NullMarked;
