package dev.keyturn.seal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;

/**
 * Refuses to write what holds a secret, whatever a mapper's configuration says of types that it
 * does not know. Whoever means to write one does it by name, into something that is sealed.
 */
public final class NeverWritten extends JsonSerializer<Object> {

    @Override
    public void serialize(Object secret, JsonGenerator out, SerializerProvider provider)
            throws JsonMappingException {
        throw refusal(secret, out);
    }

    @Override
    public void serializeWithType(
            Object secret, JsonGenerator out, SerializerProvider provider, TypeSerializer type)
            throws JsonMappingException {
        throw refusal(secret, out);
    }

    private static JsonMappingException refusal(Object secret, JsonGenerator out) {
        return JsonMappingException.from(
                out, secret.getClass().getSimpleName() + ": holds a secret and is never written");
    }
}
