/** How a message looks on Kafka: topics, headers, JSON. */
@NullMarked
package dev.keyturn.wire;

import org.jspecify.annotations.NullMarked;
