package dev.kontor.gateway.platform;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Declares the required members in the OpenAPI description: all members of a record except those that are omitted when
 * empty. A record that names its required members itself, as requests do, stays unchanged.
 */
@Component
class RequiredMembers implements ModelConverter {

    @Override
    public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        Class<?> shape = Json.mapper().constructType(type.getType()).getRawClass();
        if (resolved != null && shape.isRecord()) {
            Schema<?> model = resolved.get$ref() == null
                    ? resolved
                    : context.getDefinedModels().get(nameIn(resolved.get$ref()));
            if (model != null && model.getProperties() != null && model.getRequired() == null) {
                model.setRequired(alwaysThere(shape).stream()
                        .filter(model.getProperties()::containsKey)
                        .toList());
            }
        }
        return resolved;
    }

    private static String nameIn(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static List<String> alwaysThere(Class<?> shape) {
        return mayBeLeftOut(shape)
                ? List.of()
                : Arrays.stream(shape.getRecordComponents())
                        .map(RecordComponent::getAccessor)
                        .filter(member -> !mayBeLeftOut(member) && !member.isAnnotationPresent(JsonAnyGetter.class))
                        .map(RequiredMembers::nameOf)
                        .toList();
    }

    private static boolean mayBeLeftOut(AnnotatedElement element) {
        JsonInclude included = element.getAnnotation(JsonInclude.class);
        return included != null && included.value() != JsonInclude.Include.ALWAYS;
    }

    private static String nameOf(Method member) {
        JsonProperty named = member.getAnnotation(JsonProperty.class);
        return named == null ? member.getName() : named.value();
    }
}
