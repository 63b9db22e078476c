/** From a password to a session, with lock-out. Pure: the caller passes the time. */
@NullMarked
package dev.keyturn.sandbox.signin;

import org.jspecify.annotations.NullMarked;
