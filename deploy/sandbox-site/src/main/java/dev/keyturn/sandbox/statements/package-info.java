/** What a signed-in user finds. Pure. */
@NullMarked
package dev.keyturn.sandbox.statements;

import org.jspecify.annotations.NullMarked;
