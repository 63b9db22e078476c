/** The connector worker: takes runs from its inbox and lets connectors work on them. */
@NullMarked
package dev.keyturn.worker;

import org.jspecify.annotations.NullMarked;
