/** Who is there: users, links that sign in once, sessions. */
@NullMarked
package dev.keyturn.home.login;

import org.jspecify.annotations.NullMarked;
