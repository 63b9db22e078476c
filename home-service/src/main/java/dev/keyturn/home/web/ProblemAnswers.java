package dev.keyturn.home.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * In the API's page: whatever an operation refuses, it refuses with a problem. Said once, since the
 * fence, the login and the checks are the same for all of them.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemAnswers implements OASFilter {

    private static final String NAME = "Problem";
    private static final String WHEN =
            "A problem (RFC 9457): 400 what came is not as it must be; 401 nobody is signed in; 403"
                    + " not from Home's own page, or not JSON; 404 there is none, or none of yours;"
                    + " 409 not now; 413 larger than 64 KiB; 421 another host; 429 too much; 503"
                    + " database or broker away, again after Retry-After";

    @Override
    public @Nullable Operation filterOperation(Operation operation) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        operation.getResponses().setDefaultValue(problem());
        return operation;
    }

    private static APIResponse problem() {
        Schema reference = OASFactory.createSchema().ref("#/components/schemas/" + NAME);
        return OASFactory.createAPIResponse()
                .description(WHEN)
                .content(
                        OASFactory.createContent()
                                .addMediaType(
                                        Problem.TYPE,
                                        OASFactory.createMediaType().schema(reference)));
    }

    @Override
    public void filterOpenAPI(OpenAPI page) {
        if (page.getComponents() == null) {
            page.setComponents(OASFactory.createComponents());
        }
        page.getComponents()
                .addSchema(
                        NAME,
                        of(Schema.SchemaType.OBJECT, "Members beside these belong to the case")
                                .addProperty("type", of(Schema.SchemaType.STRING, "about:blank"))
                                .addProperty("title", of(Schema.SchemaType.STRING, "In short"))
                                .addProperty("status", of(Schema.SchemaType.INTEGER, "As HTTP's"))
                                .addProperty(
                                        "detail",
                                        of(
                                                Schema.SchemaType.STRING,
                                                "The thing, the value and what was expected"))
                                .addProperty(
                                        "field", of(Schema.SchemaType.STRING, "The thing's name"))
                                .addProperty(
                                        "value",
                                        of(Schema.SchemaType.STRING, "What came; never a secret"))
                                .addProperty(
                                        "verdict",
                                        of(Schema.SchemaType.STRING, "Of a code that was refused"))
                                .addProperty(
                                        "runId",
                                        of(Schema.SchemaType.STRING, "Of the run that is open")));
    }

    private static Schema of(Schema.SchemaType type, String description) {
        return OASFactory.createSchema().addType(type).description(description);
    }
}
