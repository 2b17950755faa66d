package dev.kontor.gateway.platform;

import graphql.ExecutionResult;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.schema.GraphQLSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.ClassPathResource;
import org.springframework.graphql.ExecutionGraphQlResponse;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.DefaultBatchLoaderRegistry;
import org.springframework.graphql.execution.DefaultExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.support.DefaultExecutionGraphQlRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The schema with its data fetchers. It is made for the first request, so that a start does not wait for it.
 *
 * <p>A request is executed on its own thread, one call after the other: the caller, the request id and the budgets are
 * bound to that thread, and a request has one call under way at a time, as over REST.
 */
@Lazy
@Component
class GraphQlEngine {

    private static final String SCHEMA = "dev/kontor/gateway/schema.graphqls";

    private final GraphQlSource source;
    private final List<String> unmapped = new ArrayList<>();
    private final DefaultExecutionGraphQlService service;

    GraphQlEngine(ApplicationContext context, List<BatchLoads> loads) {
        AnnotatedControllerConfigurer controllers = new AnnotatedControllerConfigurer();
        controllers.setApplicationContext(context);
        controllers.afterPropertiesSet();
        source = GraphQlSource.schemaResourceBuilder()
                .schemaResources(new ClassPathResource(SCHEMA))
                .configureRuntimeWiring(
                        wiring -> wiring.scalar(GraphQlScalars.LONG).scalar(GraphQlScalars.DATE_TIME))
                .configureRuntimeWiring(controllers)
                .inspectSchemaMappings(report -> {
                    report.unmappedFields().forEach(field -> unmapped.add(field.toString()));
                    report.unmappedArguments().forEach((fetcher, names) -> unmapped.add(fetcher + " " + names));
                })
                .instrumentation(List.of(new KeyedMutations()))
                .exceptionResolvers(List.of(new GraphQlProblems()))
                .configureGraphQl(graphQl -> graphQl.preparsedDocumentProvider(
                        (input, parse) -> CompletableFuture.completedFuture(new PreparsedDocumentEntry(
                                input.getGraphQLContext().<Document>get(Document.class)))))
                .build();
        service = new DefaultExecutionGraphQlService(source);
        DefaultBatchLoaderRegistry registry = new DefaultBatchLoaderRegistry();
        loads.forEach(each -> each.register(registry));
        service.addDataLoaderRegistrar(registry);
    }

    /** Fields and arguments of the schema that no class has; none, as a test asserts. */
    List<String> unmapped() {
        return unmapped;
    }

    GraphQLSchema schema() {
        return source.schema();
    }

    /**
     * The result of a query or of mutations, as it is answered.
     *
     * @param document has passed validation
     */
    Map<String, Object> execute(GraphQlDocument document, GraphQlBody body, GraphQlCall call) {
        return asAnswered(run(document, body, Map.of(GraphQlCall.KEY, call)).getExecutionResult());
    }

    /** The result of a subscription for one event, or its errors. */
    Map<String, Object> subscribe(
            GraphQlDocument document, GraphQlBody body, GraphQlCall call, GraphQlSubscription subscription) {
        ExecutionResult result = run(
                        document, body, Map.of(GraphQlCall.KEY, call, GraphQlSubscription.KEY, subscription))
                .getExecutionResult();
        if (result.getData() instanceof Publisher<?> events) {
            Object event = Mono.from(events).block();
            return event == null ? Map.of() : asAnswered((ExecutionResult) event);
        }
        return asAnswered(result);
    }

    private static Map<String, Object> asAnswered(ExecutionResult result) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (!result.getErrors().isEmpty()) {
            body.put("errors", GraphQlProblems.specification(result.getErrors()));
        }
        if (result.isDataPresent()) {
            body.put("data", result.getData());
        }
        return body;
    }

    private ExecutionGraphQlResponse run(GraphQlDocument document, GraphQlBody body, Map<?, Object> context) {
        DefaultExecutionGraphQlRequest request = new DefaultExecutionGraphQlRequest(
                body.query(), document.operation().getName(), body.variables(), Map.of(), "", Locale.ENGLISH);
        request.configureExecutionInput((input, builder) -> builder.graphQLContext(context)
                .graphQLContext(Map.of(Document.class, document.document(), JoinBudget.class, new JoinBudget()))
                .build());
        return service.execute(request).block();
    }
}
