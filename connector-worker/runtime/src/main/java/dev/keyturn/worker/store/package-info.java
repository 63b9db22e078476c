/** The workers' tables, each a class of statements in somebody else's transaction. */
@NullMarked
package dev.keyturn.worker.store;

import org.jspecify.annotations.NullMarked;
