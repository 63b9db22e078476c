/** Accounts and their credentials on the way to the workers. */
@NullMarked
package dev.keyturn.home.accounts;

import org.jspecify.annotations.NullMarked;
