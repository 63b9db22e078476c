@NullMarked
package dev.keyturn.local.deadletters;

import org.jspecify.annotations.NullMarked;
