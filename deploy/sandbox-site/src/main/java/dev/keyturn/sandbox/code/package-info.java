/** Codes: made up for a message, or computed as an authenticator does. Pure. */
@NullMarked
package dev.keyturn.sandbox.code;

import org.jspecify.annotations.NullMarked;
