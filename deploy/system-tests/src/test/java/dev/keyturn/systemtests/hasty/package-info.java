/** A connector whose deadline a test can wait for. */
@org.jspecify.annotations.NullMarked
package dev.keyturn.systemtests.hasty;
