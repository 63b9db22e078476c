/** How much may be asked of an account before its site would lock it. Pure. */
@NullMarked
package dev.keyturn.worker.budget;

import org.jspecify.annotations.NullMarked;
