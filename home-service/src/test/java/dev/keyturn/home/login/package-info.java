@NullMarked
package dev.keyturn.home.login;

import org.jspecify.annotations.NullMarked;
