@NullMarked
package dev.keyturn.twofa.db;

import org.jspecify.annotations.NullMarked;
