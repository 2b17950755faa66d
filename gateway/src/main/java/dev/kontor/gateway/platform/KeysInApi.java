package dev.kontor.gateway.platform;

import dev.kontor.gateway.platform.TakesKey.Use;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/** {@code Idempotency-Key} in the OpenAPI description: a parameter of each operation that takes one. */
@Component
class KeysInApi implements OperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        boolean isPost = method.hasMethodAnnotation(PostMapping.class);
        if (isPost && IdempotencyKey.useOf("POST", method) != Use.NEVER && !isDescribed(operation)) {
            operation.addParametersItem(new Parameter()
                    .in("header")
                    .name(IdempotencyKey.HEADER)
                    .description("A repeat with the same key has no further effect, and gets the same answer")
                    .schema(new StringSchema()));
        }
        return operation;
    }

    private static boolean isDescribed(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> IdempotencyKey.HEADER.equals(parameter.getName()));
    }
}
