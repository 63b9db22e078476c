package dev.keyturn.worker.connectors;

import dev.keyturn.sdk.Connector;
import dev.keyturn.sdk.ConnectorInfo;

/**
 * A connector that this worker has.
 *
 * @param info what it declared when it was loaded
 * @param jar where it was found, for messages
 */
public record Loaded(Connector connector, ConnectorInfo info, String jar) {}
