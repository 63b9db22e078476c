@NullMarked
package dev.keyturn.twofa.config;

import org.jspecify.annotations.NullMarked;
