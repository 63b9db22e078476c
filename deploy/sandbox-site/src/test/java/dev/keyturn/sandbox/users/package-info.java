@NullMarked
package dev.keyturn.sandbox.users;

import org.jspecify.annotations.NullMarked;
