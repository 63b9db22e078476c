@NullMarked
package dev.keyturn.chaos.audit;

import org.jspecify.annotations.NullMarked;
