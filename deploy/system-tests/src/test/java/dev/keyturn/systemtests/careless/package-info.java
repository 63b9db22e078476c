/** A connector whose author thought of no secret. It sees the SDK only, as any. */
@NullMarked
package dev.keyturn.systemtests.careless;

import org.jspecify.annotations.NullMarked;
