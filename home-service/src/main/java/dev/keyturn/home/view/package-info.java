/** What is told of accounts, runs and challenges, read from the projection's tables. */
@NullMarked
package dev.keyturn.home.view;

import org.jspecify.annotations.NullMarked;
