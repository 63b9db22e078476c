/** What one service asks of another. */
@NullMarked
package dev.keyturn.commands;

import org.jspecify.annotations.NullMarked;
