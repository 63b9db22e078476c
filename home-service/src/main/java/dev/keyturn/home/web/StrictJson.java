package dev.keyturn.home.web;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.util.List;

/** What a client sends is what it means, or it is refused: no number is taken for a text. */
@Singleton
public class StrictJson implements ObjectMapperCustomizer {

    private static final List<CoercionInputShape> SCALARS =
            List.of(
                    CoercionInputShape.Integer,
                    CoercionInputShape.Float,
                    CoercionInputShape.Boolean,
                    CoercionInputShape.String,
                    CoercionInputShape.EmptyString);

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        mapper.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        for (CoercionInputShape shape : SCALARS) {
            if (shape != CoercionInputShape.String && shape != CoercionInputShape.EmptyString) {
                mapper.coercionConfigFor(LogicalType.Textual)
                        .setCoercion(shape, CoercionAction.Fail);
            }
            if (shape != CoercionInputShape.Integer) {
                mapper.coercionConfigFor(LogicalType.Integer)
                        .setCoercion(shape, CoercionAction.Fail);
            }
            if (shape != CoercionInputShape.Boolean) {
                mapper.coercionConfigFor(LogicalType.Boolean)
                        .setCoercion(shape, CoercionAction.Fail);
            }
        }
    }
}
