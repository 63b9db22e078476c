/** What the site sent, as its users would read it. Pure. */
@NullMarked
package dev.keyturn.sandbox.phone;

import org.jspecify.annotations.NullMarked;
