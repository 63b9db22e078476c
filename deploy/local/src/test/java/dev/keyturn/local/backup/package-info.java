@NullMarked
package dev.keyturn.local.backup;

import org.jspecify.annotations.NullMarked;
