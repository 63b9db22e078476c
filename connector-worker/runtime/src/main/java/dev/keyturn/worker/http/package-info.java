/**
 * A connector's HTTP session: cookies, redirects, forms, and the rules about where it may go. Knows
 * nothing of runs; a {@link dev.keyturn.worker.http.RequestGate} is all it sees of them.
 */
@NullMarked
package dev.keyturn.worker.http;

import org.jspecify.annotations.NullMarked;
