@org.jspecify.annotations.NullMarked
package dev.keyturn.service.db;
