@NullMarked
package dev.keyturn.sandbox.signin;

import org.jspecify.annotations.NullMarked;
