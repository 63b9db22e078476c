/** Challenges, verdicts and outgoing messages in Postgres, through Hibernate Reactive. */
@NullMarked
package dev.keyturn.twofa.db;

import org.jspecify.annotations.NullMarked;
