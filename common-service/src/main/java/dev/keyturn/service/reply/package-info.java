/** Waiting for what is answered over the reply topic. */
@NullMarked
package dev.keyturn.service.reply;

import org.jspecify.annotations.NullMarked;
