/** How the service is configured. */
@NullMarked
package dev.keyturn.twofa.config;

import org.jspecify.annotations.NullMarked;
