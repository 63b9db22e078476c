/** Credentials, kept sessions and their end. */
@NullMarked
package dev.keyturn.worker.account;

import org.jspecify.annotations.NullMarked;
