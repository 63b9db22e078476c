/** What every request to Home passes, and how it is refused. */
@NullMarked
package dev.keyturn.home.web;

import org.jspecify.annotations.NullMarked;
