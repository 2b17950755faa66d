package dev.kontor.grpc.platform;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.customer.CustomerCommandsGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import dev.kontor.proto.operations.DeadLetterOperationsGrpc;
import dev.kontor.proto.operations.EventLogGrpc;
import dev.kontor.proto.operations.LogOperationsGrpc;
import dev.kontor.proto.operations.OperatorCommandsGrpc;
import dev.kontor.proto.operations.ProcessorOperationsGrpc;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.request.KeyedRequestsGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.List;
import java.util.Map;

/**
 * The retry policy of channels: after a failure of the connection, gRPC repeats only calls of methods that the proto
 * files declare as safe to repeat by {@code idempotency_level}. gRPC always repeats calls that never left this process.
 */
public final class RetryPolicy {

    static final List<ServiceDescriptor> CONTRACT = List.of(
            CartCommandsGrpc.getServiceDescriptor(),
            CartQueriesGrpc.getServiceDescriptor(),
            CatalogCommandsGrpc.getServiceDescriptor(),
            CatalogQueriesGrpc.getServiceDescriptor(),
            CustomerCommandsGrpc.getServiceDescriptor(),
            CustomerQueriesGrpc.getServiceDescriptor(),
            DeadLetterOperationsGrpc.getServiceDescriptor(),
            EventLogGrpc.getServiceDescriptor(),
            IdentityCommandsGrpc.getServiceDescriptor(),
            IdentityQueriesGrpc.getServiceDescriptor(),
            KeyedRequestsGrpc.getServiceDescriptor(),
            LogOperationsGrpc.getServiceDescriptor(),
            OperatorCommandsGrpc.getServiceDescriptor(),
            OrderCommandsGrpc.getServiceDescriptor(),
            OrderQueriesGrpc.getServiceDescriptor(),
            ProcessorOperationsGrpc.getServiceDescriptor(),
            TokenVerificationGrpc.getServiceDescriptor(),
            ViewOperationsGrpc.getServiceDescriptor());

    /** An instance that ends during a call may cancel it. A call that its caller cancels is not repeated. */
    private static final List<String> BROKEN = List.of(Status.Code.UNAVAILABLE.name(), Status.Code.CANCELLED.name());

    /** gRPC varies each pause by a fifth. All attempts together take far less than any deadline. */
    private static final Map<String, Object> POLICY = Map.ofEntries(
            Map.entry("maxAttempts", 3.0),
            Map.entry("initialBackoff", "0.1s"),
            Map.entry("maxBackoff", "0.5s"),
            Map.entry("backoffMultiplier", 3.0),
            Map.entry("retryableStatusCodes", BROKEN));

    /**
     * Each failure costs a token, each answer returns one; below half of them no call is repeated. The number allows
     * for all calls in flight when an instance dies; while a side stays unreachable, each call is soon sent only once.
     */
    private static final Map<String, Object> THROTTLING = Map.of("maxTokens", 1_000.0, "tokenRatio", 1.0);

    private RetryPolicy() {}

    /** The members {@code methodConfig} and {@code retryThrottling} of a channel's service configuration. */
    public static Map<String, Object> serviceConfig() {
        List<Map<String, Object>> names = CONTRACT.stream()
                .flatMap(service -> service.getMethods().stream())
                .filter(RetryPolicy::isRepeatable)
                .map(method -> Map.<String, Object>of(
                        "service", method.getServiceName(),
                        "method", method.getBareMethodName()))
                .toList();
        return Map.of(
                "methodConfig", List.of(Map.of("name", names, "retryPolicy", POLICY)), "retryThrottling", THROTTLING);
    }

    static boolean isRepeatable(MethodDescriptor<?, ?> method) {
        return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier contract
                && contract.getMethodDescriptor().getOptions().getIdempotencyLevel()
                        != IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
    }
}
