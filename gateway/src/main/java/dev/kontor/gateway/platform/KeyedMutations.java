package dev.kontor.gateway.platform;

import dev.kontor.grpc.identity.KeyedCall;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationFieldFetchParameters;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.grpc.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The argument {@code idempotencyKey} of mutations. A repeat has no further effect, and answers as the first one: with
 * the resource as it is now. Unlike the answers of REST, those of GraphQL are not kept, because a repeat may select
 * other fields.
 */
final class KeyedMutations extends SimplePerformantInstrumentation {

    static final String ARGUMENT = "idempotencyKey";

    /** The same arguments have the same text, in whichever order they are. */
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @Override
    public DataFetcher<?> instrumentDataFetcher(
            DataFetcher<?> fetcher, InstrumentationFieldFetchParameters parameters, InstrumentationState state) {
        Object key = parameters.getEnvironment().getArguments().get(ARGUMENT);
        return key == null ? fetcher : field -> fetch(fetcher, field, IdempotencyKey.checked(ARGUMENT, (String) key));
    }

    private static Object fetch(DataFetcher<?> fetcher, DataFetchingEnvironment field, String key) throws Exception {
        Context context = KeyedCall.of(key, fingerprint(field)).in(Context.current());
        Context outer = context.attach();
        try {
            return fetcher.get(field);
        } finally {
            context.detach(outer);
        }
    }

    /** A hash of all that makes the mutation, and not of the fields that its client selects. */
    private static String fingerprint(DataFetchingEnvironment field) {
        Map<String, Object> arguments = new TreeMap<>(field.getArguments());
        arguments.remove(ARGUMENT);
        MessageDigest digest = EntityTag.sha256();
        digest.update(("graphql\n" + field.getFieldDefinition().getName() + "\n").getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(digest.digest(SORTED.writeValueAsBytes(arguments)));
    }
}
