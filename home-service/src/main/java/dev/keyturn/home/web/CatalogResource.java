package dev.keyturn.home.web;

import dev.keyturn.home.catalog.Catalog;
import dev.keyturn.home.keys.FleetKeysFile;
import dev.keyturn.home.view.Offers;
import dev.keyturn.home.view.Offers.ConnectorView;
import dev.keyturn.service.db.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What can be signed in to, and the keys to seal to. */
@Path("/api")
@RunOnVirtualThread
public class CatalogResource {

    private final Database database;
    private final FleetKeysFile keys;

    CatalogResource(Database database, FleetKeysFile keys) {
        this.database = database;
        this.keys = keys;
    }

    @GET
    @Path("/connectors")
    @Operation(summary = "What can be signed in to, by name, with the fields that an account needs")
    public List<ConnectorView> connectors() {
        return database.autocommit(db -> Catalog.all(db).stream().map(Offers::view).toList());
    }

    @GET
    @Path("/keys")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The fleet's public keys as a JWK set")
    public String keys() {
        return keys.givenOut();
    }
}
