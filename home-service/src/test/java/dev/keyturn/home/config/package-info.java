@NullMarked
package dev.keyturn.home.config;

import org.jspecify.annotations.NullMarked;
