/** A connector at work: the SDK's verbs over journal, outbox and replies. */
@NullMarked
package dev.keyturn.worker.execution;

import org.jspecify.annotations.NullMarked;
