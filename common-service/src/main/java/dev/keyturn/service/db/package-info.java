/** Transactions in blocking style. */
@NullMarked
package dev.keyturn.service.db;

import org.jspecify.annotations.NullMarked;
