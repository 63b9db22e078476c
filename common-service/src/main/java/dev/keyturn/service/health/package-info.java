/** What a service needs before it is ready. */
@NullMarked
package dev.keyturn.service.health;

import org.jspecify.annotations.NullMarked;
