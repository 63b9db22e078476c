/**
 * What holds a process between two of its statements: an agent, put into a service that runs, which
 * is built as it is always built.
 */
@NullMarked
package dev.keyturn.systemtests.halt;

import org.jspecify.annotations.NullMarked;
