/** Where fetched documents are kept. */
@NullMarked
package dev.keyturn.worker.documents;

import org.jspecify.annotations.NullMarked;
