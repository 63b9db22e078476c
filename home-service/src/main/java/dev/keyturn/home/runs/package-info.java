/** Runs that people ask for and cancel. */
@NullMarked
package dev.keyturn.home.runs;

import org.jspecify.annotations.NullMarked;
