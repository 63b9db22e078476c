@NullMarked
package dev.keyturn.service;

import org.jspecify.annotations.NullMarked;
