package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.RequestId;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Contact;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

/** The parts of the OpenAPI 3.1 description that all operations share; annotations at the operations have the rest. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String BEARER = "bearer";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final String PROBLEM = "Problem";

    /** The resources that these operations create have no URL. */
    private static final Set<String> WITHOUT_A_PLACE = Set.of("createCheckpoint", "rotateSigningKey");

    private static final Map<String, String> HEADERS = Map.of(
            RequestId.HTTP_HEADER, "Identifies the request in the logs: the id that the client sent, or a new one",
            HttpHeaders.LOCATION, "The path of the written resource",
            HttpHeaders.WWW_AUTHENTICATE, "`Bearer`",
            HttpHeaders.ACCEPT, "The supported content types",
            HttpHeaders.ACCEPT_PATCH, "The content types that a body may have",
            HttpHeaders.RETRY_AFTER, "Seconds");

    private static final String ALLOWED_ORIGIN = "Access-Control-Allow-Origin";

    /** Headers that any answer may have. */
    private static final List<String> AT_TIMES = List.of(ALLOWED_ORIGIN, ShownLimit.LIMIT, ShownLimit.POLICY);

    /** Headers that an answer has at times. */
    private static final Map<String, String> OPTIONAL_HEADERS = Map.of(
            IdempotencyKey.REPLAYED,
            "`true` if the request was answered before; it had no effect now",
            ALLOWED_ORIGIN,
            "The origin of the calling page, if `kontor.cors.origins` names it",
            ShownLimit.POLICY,
            "The limits that count this call, such as `\"address\";q=300000;w=10`: 300,000 calls in 10 seconds",
            ShownLimit.LIMIT,
            "What is left of each limit, such as `\"address\";r=299999;t=1`, and the seconds until all is there again");

    private static final int HEADER_CHARACTERS = 1_000;

    @Bean
    OpenAPI gatewayApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Kontor")
                        .version("v1")
                        .description(
                                "An event-sourced order system. 200, 201 and 204 mean: written, durable and visible "
                                        + "in the next read; 202 means: written and durable. `Prefer: respond-async` "
                                        + "skips the wait. Money is in minor units. Every error is a problem document "
                                        + "(RFC 9457).")
                        .contact(new Contact().name("The operator of this shop"))
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .addServersItem(server())
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme(BEARER)
                                        .bearerFormat("JWT")
                                        .description("The access token of a sign-in, a JWT that is checked as"
                                                + " RFC8725 asks: one algorithm, issuer, audience, type and times")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    @Bean
    OpenApiCustomizer gatewayProblemsInApi() {
        return api -> {
            ModelConverters.getInstance(true)
                    .readAll(ProblemDocument.class)
                    .forEach((name, schema) -> api.getComponents().addSchemas(name, schema));
            addFacts(api.getComponents().getSchemas().get(PROBLEM));
            HEADERS.forEach((name, text) ->
                    api.getComponents().addHeaders(name, header(text).required(true)));
            OPTIONAL_HEADERS.forEach((name, text) -> api.getComponents().addHeaders(name, header(text)));
            api.getPaths().forEach(this::describe);
            ApiMembers members = new ApiMembers();
            api.getComponents().getSchemas().forEach(members::bound);
            api.getPaths().values().stream()
                    .flatMap(item -> item.readOperations().stream())
                    .forEach(operation -> bound(operation, members));
            new ApiExamples(api, members).add();
        };
    }

    private static Server server() {
        Server here = new Server()
                .url("/")
                .description("The server that publishes this description: local, staging or production");
        here.addExtension("x-internal", false);
        return here;
    }

    private static Header header(String text) {
        return new Header().description(text).schema(new StringSchema().maxLength(HEADER_CHARACTERS));
    }

    private static void bound(Operation operation, ApiMembers members) {
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> members.bound(operation, parameter));
        }
        operation.getResponses().values().stream()
                .filter(response -> response.getHeaders() != null)
                .flatMap(response -> response.getHeaders().values().stream())
                .forEach(header -> ApiMembers.bound(header.getSchema()));
    }

    /** The members that only some types of problems have. */
    private static void addFacts(Schema<?> problem) {
        problem.addProperty("orderId", new StringSchema().description("The order that was rejected"));
        problem.addProperty("rejection", new Schema<>().$ref(SCHEMAS + "Rejection"));
        problem.addProperty(
                "available", new IntegerSchema().format("int64").description("Units that are available at the moment"));
        problem.addProperty(
                "orderStatus", new StringSchema().description("The order's status, which does not allow the change"));
        problem.addProperty(
                "version",
                new IntegerSchema()
                        .format("int64")
                        .description("The resource's version, which is not the one that was required"));
        problem.addProperty(
                Problems.RETRY_AFTER,
                new IntegerSchema().format("int64").description("The seconds to wait before a retry"));
    }

    private void describe(String path, PathItem item) {
        item.readOperationsMap().forEach((method, operation) -> {
            boolean isPublic = isPublic(path, method);
            if (isPublic) {
                operation.setSecurity(List.of());
            }
            ConditionsInApi.describe(method, operation);
            if (operation.getDescription() == null) {
                operation.setDescription(whoMayCall(operation, isPublic));
            }
            addProblems(operation, method, isPublic, path.contains("{"));
            operation.getResponses().forEach((status, response) -> {
                if (status.compareTo("400") >= 0) {
                    response.setContent(aProblem());
                }
                addHeaders(operation, method, status, response);
            });
        });
    }

    private static String whoMayCall(Operation operation, boolean isPublic) {
        if (isPublic) {
            return "Needs no access token.";
        }
        return operation.getSummary() != null && operation.getSummary().startsWith("For admins")
                ? "Needs the access token of an admin."
                : "Needs an access token.";
    }

    private static void addHeaders(Operation operation, HttpMethod method, String status, ApiResponse response) {
        header(response, RequestId.HTTP_HEADER);
        AT_TIMES.forEach(name -> header(response, name));
        if (takesKey(operation) && status.compareTo("500") < 0) {
            header(response, IdempotencyKey.REPLAYED);
        }
        switch (status) {
            case "201" -> {
                if (!WITHOUT_A_PLACE.contains(operation.getOperationId())) {
                    header(response, HttpHeaders.LOCATION);
                }
            }
            case "202" -> header(response, HttpHeaders.LOCATION);
            case "401" -> header(response, HttpHeaders.WWW_AUTHENTICATE);
            case "406" -> header(response, HttpHeaders.ACCEPT);
            case "415" -> {
                header(response, HttpHeaders.ACCEPT);
                if (method == HttpMethod.PATCH) {
                    header(response, HttpHeaders.ACCEPT_PATCH);
                }
            }
            case "429", "503" -> header(response, HttpHeaders.RETRY_AFTER);
            default -> {
                // No further headers.
            }
        }
    }

    private static boolean takesKey(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> IdempotencyKey.HEADER.equals(parameter.getName()));
    }

    private static void header(ApiResponse response, String name) {
        if (response.getHeaders() == null || !response.getHeaders().containsKey(name)) {
            response.addHeaderObject(name, new Header().$ref("#/components/headers/" + name));
        }
    }

    private static boolean isPublic(String path, HttpMethod method) {
        return path.startsWith("/api/v1/auth/")
                || path.startsWith("/.well-known/")
                || path.equals("/api/v1/catalog/quote")
                || method == HttpMethod.GET && path.startsWith("/api/v1/catalog/");
    }

    private static void addProblems(Operation operation, HttpMethod method, boolean isPublic, boolean namesSomething) {
        problem(operation, "400", "A value of the request is not valid; `errors` says which");
        problem(operation, "401", "A valid access token is needed, or the credentials are wrong");
        if (!isPublic) {
            problem(operation, "403", "The caller is not allowed to do this");
        }
        if (namesSomething) {
            problem(operation, "404", "Does not exist, or the caller may not know of it");
        }
        problem(operation, "406", "The client does not accept JSON");
        if (method != HttpMethod.GET) {
            problem(operation, "408", "The body did not arrive in time");
            problem(operation, "409", "The present state does not allow it; `type` says why");
            problem(operation, "422", "A resource that the request refers to cannot be used");
        }
        problem(operation, "413", "The body is over 1 MiB");
        if (operation.getRequestBody() != null) {
            problem(operation, "415", "The body is not JSON");
        }
        problem(operation, "429", "Too many requests; try again after `Retry-After` seconds");
        problem(operation, "500", "A fault of the server");
        problem(operation, "503", "Not available at the moment; try again after `Retry-After` seconds");
        problem(operation, "504", "It took too long");
    }

    private static void problem(Operation operation, String status, String description) {
        if (operation.getResponses() == null) {
            operation.setResponses(new ApiResponses());
        }
        // A description at the operation itself has precedence.
        operation.getResponses().computeIfAbsent(status, absent -> new ApiResponse().description(description));
    }

    private static Content aProblem() {
        return new Content()
                .addMediaType(
                        org.springframework.http.MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                        new MediaType().schema(new Schema<>().$ref(SCHEMAS + PROBLEM)));
    }
}
