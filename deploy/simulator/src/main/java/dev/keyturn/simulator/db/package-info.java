/**
 * Databases in memory: the tables of the services with what their SQL says, as rows in maps. A
 * transaction happens at once, or not at all; what the SQL does between its statements is tested
 * against a real database.
 */
@NullMarked
package dev.keyturn.simulator.db;

import org.jspecify.annotations.NullMarked;
