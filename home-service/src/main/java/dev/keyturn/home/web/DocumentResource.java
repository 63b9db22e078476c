package dev.keyturn.home.web;

import dev.keyturn.home.documents.StoredDocuments;
import dev.keyturn.home.login.Me;
import dev.keyturn.home.login.User;
import dev.keyturn.home.view.DocumentView;
import dev.keyturn.home.view.Views;
import dev.keyturn.service.db.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The documents of whoever is signed in. */
@Path("/api/documents")
@RunOnVirtualThread
public class DocumentResource {

    private static final Logger LOG = Logger.getLogger(DocumentResource.class);
    private static final Pattern PLAIN_TYPE =
            Pattern.compile("[a-zA-Z0-9!#$&^_.+-]{1,64}/[a-zA-Z0-9!#$&^_.+-]{1,64}");

    private static final String SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'";

    private final StoredDocuments documents;
    private final Database database;
    private final Me me;

    DocumentResource(
            @ConfigProperty(name = "keyturn.documents.folder") java.nio.file.Path folder,
            Database database,
            Me me) {
        this.documents = new StoredDocuments(folder);
        this.database = database;
        this.me = me;
    }

    @GET
    @Operation(summary = "Documents, newest first; of one account if it is named")
    public List<DocumentView> list(@RestQuery @Nullable String account) {
        @Nullable UUID id = account == null ? null : Checks.known("account", account);
        return database.autocommit(
                db -> {
                    if (id != null && Views.account(db, user().id(), id).isEmpty()) {
                        throw Problem.notFound("account", id);
                    }
                    return Views.documents(db, user().id(), id);
                });
    }

    @GET
    @Path("/{id}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "A document's bytes, to be saved and never to be shown here")
    public RestResponse<InputStream> get(
            @RestPath String id, @Context HttpServerResponse response) {
        UUID document = Checks.known("document", id);
        Row row =
                database.autocommit(
                                db ->
                                        db.first(
                                                "select * from document where id = $1 and user_id"
                                                        + " = $2",
                                                document,
                                                user().id()))
                        .orElseThrow(() -> Problem.notFound("document", document));
        InputStream bytes = open(row, document);
        // In the place of the page's own: a second header would not take the first one's word back.
        response.putHeader("Content-Security-Policy", SANDBOX);
        return RestResponse.ResponseBuilder.ok(bytes, type(row.getString("media_type")))
                .header("Content-Length", row.getLong("size"))
                .header("Content-Disposition", attachment(row.getString("name")))
                .build();
    }

    private InputStream open(Row row, UUID document) {
        try {
            return documents.open(row.getUUID("account_id"), row.getString("store_key"));
        } catch (NoSuchFileException e) {
            LOG.warnf(
                    "A document is not in the store: documentId=%s why=%s",
                    document, e.getReason());
            throw Problem.notFound("document", document);
        } catch (IOException e) {
            throw new IllegalStateException("document " + document + ": must be readable", e);
        }
    }

    /** The site's word, if it is one; it is downloaded and sniffed by nobody. */
    private static String type(String mediaType) {
        return PLAIN_TYPE.matcher(mediaType).matches()
                ? mediaType
                : MediaType.APPLICATION_OCTET_STREAM;
    }

    /** The site's name for it, as RFC 6266 and 8187 have it; nothing in it can end the header. */
    private static String attachment(String name) {
        String ascii = name.replaceAll("[^a-zA-Z0-9 ._-]", "_");
        String encoded =
                URLEncoder.encode(name, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A");
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }

    private User user() {
        return me.user();
    }
}
