/** Signing in from a terminal: fields, codes and what is told meanwhile. */
@NullMarked
package dev.keyturn.local.signin;

import org.jspecify.annotations.NullMarked;
