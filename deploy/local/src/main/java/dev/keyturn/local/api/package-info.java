/** What Home and the sandbox site answer, and how the launcher asks them. */
@NullMarked
package dev.keyturn.local.api;

import org.jspecify.annotations.NullMarked;
