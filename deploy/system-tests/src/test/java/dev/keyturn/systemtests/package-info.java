/** The whole system, as processes: each test reads like the sentence that it is named by. */
@NullMarked
package dev.keyturn.systemtests;

import org.jspecify.annotations.NullMarked;
