@NullMarked
package dev.keyturn.home.web;

import org.jspecify.annotations.NullMarked;
