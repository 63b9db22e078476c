@NullMarked
package dev.keyturn.sandbox.web;

import org.jspecify.annotations.NullMarked;
