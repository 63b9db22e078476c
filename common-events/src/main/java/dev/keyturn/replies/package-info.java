/** What is answered over the reply topic. */
@NullMarked
package dev.keyturn.replies;

import org.jspecify.annotations.NullMarked;
