/** Broker and database as processes of this machine, for the launcher and for tests. */
@NullMarked
package dev.keyturn.local.infra;

import org.jspecify.annotations.NullMarked;
