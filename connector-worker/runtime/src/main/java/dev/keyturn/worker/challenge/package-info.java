/** What is asked, when it is asked again, and what answer may go to the site. Pure. */
@NullMarked
package dev.keyturn.worker.challenge;

import org.jspecify.annotations.NullMarked;
