package dev.kontor.gateway.platform;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/** {@code ETag}, {@code If-None-Match} and {@code If-Match} in the OpenAPI description. */
final class ConditionsInApi {

    /** The schemas that are a {@link SingleResource}. */
    static final Set<String> RESOURCES = Set.of("Product", "Cart", "Order", "Customer");

    /** The schemas of what a {@link PublicList} answers. */
    private static final Set<String> LISTS = Set.of("ProductPage", "PageCategory", "Suggestions");

    /** Answers that show a resource. 202 shows one that is about to change. */
    private static final Set<String> SHOWING = Set.of("200", "201");

    private ConditionsInApi() {}

    static void describe(HttpMethod method, Operation operation) {
        boolean hasTag = false;
        for (String status : SHOWING) {
            ApiResponse response = operation.getResponses().get(status);
            if (response != null && hasTag(response)) {
                hasTag = true;
                response.addHeaderObject(HttpHeaders.ETAG, tag("Changes with anything that the body shows", true));
            }
        }
        if (hasTag && method == HttpMethod.GET) {
            operation.addParametersItem(new Parameter()
                    .in("header")
                    .name(HttpHeaders.IF_NONE_MATCH)
                    .description("The `ETag` of an earlier answer, or several: 304 if the body is still the same")
                    .schema(new StringSchema()));
            ApiResponse same = new ApiResponse().description("The body is still that of the `ETag`");
            same.addHeaderObject(HttpHeaders.ETAG, tag("As sent", true));
            operation.getResponses().addApiResponse("304", same);
        }
        ifMatch(operation).ifPresent(parameter -> {
            parameter.setDescription("The `ETag` of an earlier answer, or several. 412 if the part of the resource"
                    + " that this changes has changed since; `*` is met by every resource that exists");
            ApiResponse changed = new ApiResponse()
                    .description("The resource has changed since the `ETag` of `If-Match`; nothing was changed now");
            changed.addHeaderObject(HttpHeaders.ETAG, tag("The present one, if it could be read", false));
            operation.getResponses().addApiResponse("412", changed);
        });
    }

    private static Optional<Parameter> ifMatch(Operation operation) {
        List<Parameter> parameters = operation.getParameters();
        return parameters == null
                ? Optional.empty()
                : parameters.stream()
                        .filter(parameter -> HttpHeaders.IF_MATCH.equals(parameter.getName()))
                        .findFirst();
    }

    private static boolean hasTag(ApiResponse response) {
        return response.getContent() != null
                && response.getContent().values().stream()
                        .map(type -> type.getSchema().get$ref())
                        .filter(Objects::nonNull)
                        .map(reference -> reference.replaceFirst(".*/", ""))
                        .anyMatch(schema -> RESOURCES.contains(schema) || LISTS.contains(schema));
    }

    private static Header tag(String description, boolean required) {
        return new Header().description(description).required(required).schema(new StringSchema());
    }
}
