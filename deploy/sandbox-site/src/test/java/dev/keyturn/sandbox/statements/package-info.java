@NullMarked
package dev.keyturn.sandbox.statements;

import org.jspecify.annotations.NullMarked;
