/** The rest of the system, played by tests: home, twofa-service, a site, a connector. */
@NullMarked
package dev.keyturn.worker.testing;

import org.jspecify.annotations.NullMarked;
