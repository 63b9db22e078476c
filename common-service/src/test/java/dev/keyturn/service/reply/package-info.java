@NullMarked
package dev.keyturn.service.reply;

import org.jspecify.annotations.NullMarked;
