/** A small website to sign in to: its parts put together, and what can be set. */
@NullMarked
package dev.keyturn.sandbox;

import org.jspecify.annotations.NullMarked;
