/** Signs in to any Keycloak realm with a password and, where it asks, a second factor. */
@NullMarked
package dev.keyturn.connectors.keycloak;

import org.jspecify.annotations.NullMarked;
