/** What will be done, and by whom, as a seed says it. Pure. */
@NullMarked
package dev.keyturn.chaos.plan;

import org.jspecify.annotations.NullMarked;
