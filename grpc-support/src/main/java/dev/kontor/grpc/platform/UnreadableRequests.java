package dev.kontor.grpc.platform;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.Collection;

/**
 * Lets {@link CallInterceptor} answer requests that cannot be parsed, such as a text that is not UTF-8. gRPC parses a
 * request before any interceptor sees it, and treats a failure as one of the server: it answers {@code UNKNOWN} and
 * logs a stack trace. With this it passes on {@link #UNREADABLE} as the request.
 */
public final class UnreadableRequests {

    /** Any other request is not null. */
    static final Object UNREADABLE = null;

    private UnreadableRequests() {}

    /** The same service, with its interceptors. One of them has to be {@link CallInterceptor}. */
    public static ServerServiceDefinition passedOn(ServerServiceDefinition service) {
        Collection<? extends ServerMethodDefinition<?, ?>> methods =
                service.getMethods().stream().map(UnreadableRequests::passedOn).toList();
        ServiceDescriptor.Builder described = ServiceDescriptor.newBuilder(
                        service.getServiceDescriptor().getName())
                .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
        methods.forEach(method -> described.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder passingOn = ServerServiceDefinition.builder(described.build());
        methods.forEach(passingOn::addMethod);
        return passingOn.build();
    }

    private static <Q, A> ServerMethodDefinition<Q, A> passedOn(ServerMethodDefinition<Q, A> method) {
        MethodDescriptor<Q, A> described = method.getMethodDescriptor();
        return ServerMethodDefinition.create(
                described.toBuilder(
                                new PassingOn<>(described.getRequestMarshaller()), described.getResponseMarshaller())
                        .build(),
                method.getServerCallHandler());
    }

    private record PassingOn<Q>(Marshaller<Q> bytes) implements Marshaller<Q> {

        @Override
        public InputStream stream(Q request) {
            return bytes.stream(request);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Q parse(InputStream stream) {
            try {
                return bytes.parse(stream);
            } catch (StatusRuntimeException notOfTheContract) {
                return (Q) UNREADABLE;
            }
        }
    }
}
