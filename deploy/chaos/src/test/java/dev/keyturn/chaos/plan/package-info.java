@NullMarked
package dev.keyturn.chaos.plan;

import org.jspecify.annotations.NullMarked;
