/** What must hold afterwards. Pure, but for what collects the evidence. */
@NullMarked
package dev.keyturn.chaos.audit;

import org.jspecify.annotations.NullMarked;
