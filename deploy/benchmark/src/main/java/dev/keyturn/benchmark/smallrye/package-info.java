/** SmallRye's own request and reply, for comparison. */
@NullMarked
package dev.keyturn.benchmark.smallrye;

import org.jspecify.annotations.NullMarked;
