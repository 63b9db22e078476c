/** One small class for each command of the launcher. */
@NullMarked
package dev.keyturn.local.commands;

import org.jspecify.annotations.NullMarked;
