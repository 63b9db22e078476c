/** What the site sent and was sent. Pure. */
@NullMarked
package dev.keyturn.sandbox.audit;

import org.jspecify.annotations.NullMarked;
