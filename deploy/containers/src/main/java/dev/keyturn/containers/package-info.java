/** Broker and database in containers: the second provider of what tests run on. */
@NullMarked
package dev.keyturn.containers;

import org.jspecify.annotations.NullMarked;
