package dev.kontor.gateway;

import dev.kontor.grpc.identity.AccessInterceptor;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.identity.GatewayInterceptor;
import dev.kontor.grpc.identity.RevocationList;
import dev.kontor.grpc.platform.CallInterceptor;
import dev.kontor.grpc.platform.RequestId;
import dev.kontor.proto.cart.CartCommandsGrpc;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.customer.CustomerCommandsGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.identity.AwaitRevocationResponse;
import dev.kontor.proto.identity.CheckTokenResponse;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import dev.kontor.proto.operations.EventLogGrpc;
import dev.kontor.proto.operations.LogOperationsGrpc;
import dev.kontor.proto.operations.OperatorCommandsGrpc;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.OrderQueriesGrpc;
import dev.kontor.proto.request.KeepAnswerResponse;
import dev.kontor.proto.request.KeyedRequestsGrpc;
import dev.kontor.proto.request.RecalledRequest;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Both sides with the real gRPC API and interceptors; tests script the answers of their methods. */
public final class ScriptedSides {

    public static final String NAME = "scripted-sides";
    public static final String NAME_WITHOUT_KEYS = "scripted-sides-without-keys";
    static final ScriptedSides INSTANCE = new ScriptedSides();

    /** A received call. */
    public record Call(Object request, String callerId, String requestId, long secondsToDeadline) {}

    private final Map<String, Function<Object, Object>> script = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<Object, StreamObserver<?>>> streams = new ConcurrentHashMap<>();
    private final Map<String, Call> received = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private volatile SigningKeys published = TestAuthority.INSTANCE.published();
    private final RevocationList revocations = new RevocationList(System::nanoTime);

    private ScriptedSides() {
        start(serve(InProcessServerBuilder.forName(NAME)));
        start(serveWithoutKeys(InProcessServerBuilder.forName(NAME_WITHOUT_KEYS)));
        forget();
    }

    private static void start(ServerBuilder<?> builder) {
        try {
            builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both sides on the test's server. */
    <B extends ServerBuilder<B>> B serve(B builder) {
        return serveWithoutKeys(builder).addService(scripted(TokenVerificationGrpc.getServiceDescriptor()));
    }

    private <B extends ServerBuilder<B>> B serveWithoutKeys(B builder) {
        // The first interceptor is the innermost.
        builder.intercept(new AccessInterceptor(TestAuthority.INSTANCE.verifier(revocations)))
                .intercept(GatewayInterceptor.openToAll())
                .intercept(new CallInterceptor(failure -> null));
        List.of(
                        IdentityCommandsGrpc.getServiceDescriptor(),
                        IdentityQueriesGrpc.getServiceDescriptor(),
                        CustomerCommandsGrpc.getServiceDescriptor(),
                        CustomerQueriesGrpc.getServiceDescriptor(),
                        CatalogCommandsGrpc.getServiceDescriptor(),
                        CatalogQueriesGrpc.getServiceDescriptor(),
                        CartCommandsGrpc.getServiceDescriptor(),
                        CartQueriesGrpc.getServiceDescriptor(),
                        OrderCommandsGrpc.getServiceDescriptor(),
                        OrderQueriesGrpc.getServiceDescriptor(),
                        KeyedRequestsGrpc.getServiceDescriptor(),
                        EventLogGrpc.getServiceDescriptor(),
                        OperatorCommandsGrpc.getServiceDescriptor(),
                        ViewOperationsGrpc.getServiceDescriptor(),
                        LogOperationsGrpc.getServiceDescriptor())
                .forEach(service -> builder.addService(scripted(service)));
        return builder;
    }

    /** Makes these keys the valid ones in place of those of the {@link TestAuthority}. */
    public void publish(SigningKeys keys) {
        published = keys;
    }

    /** The number of calls of a method. */
    public int count(MethodDescriptor<?, ?> method) {
        AtomicInteger calls = counts.get(method.getFullMethodName());
        return calls == null ? 0 : calls.get();
    }

    /** The number of calls of all methods, except those about tokens and keys. */
    public int calls() {
        return counts.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith(TokenVerificationGrpc.SERVICE_NAME))
                .mapToInt(entry -> entry.getValue().get())
                .sum();
    }

    public void revoke(Revocation revocation) {
        revocations.add(revocation);
    }

    /** Scripts the answer of a method; the side throws what {@code answer} throws. */
    public <Q, A> void on(MethodDescriptor<Q, A> method, Function<Q, A> answer) {
        script.put(method.getFullMethodName(), request -> {
            @SuppressWarnings("unchecked")
            Q typed = (Q) request;
            return answer.apply(typed);
        });
    }

    /** Scripts a stream; the side throws what {@code answer} throws. */
    public <Q, A> void onStream(MethodDescriptor<Q, A> method, BiConsumer<Q, ServerCallStreamObserver<A>> answer) {
        streams.put(method.getFullMethodName(), (request, answers) -> {
            @SuppressWarnings("unchecked")
            Q typed = (Q) request;
            @SuppressWarnings("unchecked")
            ServerCallStreamObserver<A> typedAnswers = (ServerCallStreamObserver<A>) answers;
            answer.accept(typed, typedAnswers);
        });
    }

    /** The last call of a method, or null. */
    public Call received(MethodDescriptor<?, ?> method) {
        return received.get(method.getFullMethodName());
    }

    /** The last call of a method, by its full name, or null. */
    public Call received(String method) {
        return received.get(method);
    }

    /** Forgets the received calls, but keeps the script. */
    void forgetCalls() {
        received.clear();
        counts.clear();
    }

    void forget() {
        script.clear();
        streams.clear();
        forgetCalls();
        publish(TestAuthority.INSTANCE.published());
        on(TokenVerificationGrpc.getListKeysMethod(), request -> published);
        on(
                TokenVerificationGrpc.getAwaitRevocationMethod(),
                request -> AwaitRevocationResponse.newBuilder().setKnown(true).build());
        on(TokenVerificationGrpc.getCheckTokenMethod(), request -> CheckTokenResponse.getDefaultInstance());
        on(KeyedRequestsGrpc.getRecallRequestMethod(), request -> RecalledRequest.getDefaultInstance());
        on(KeyedRequestsGrpc.getClaimRequestMethod(), request -> RecalledRequest.getDefaultInstance());
        on(KeyedRequestsGrpc.getKeepAnswerMethod(), request -> KeepAnswerResponse.getDefaultInstance());
    }

    private ServerServiceDefinition scripted(ServiceDescriptor service) {
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
        service.getMethods().forEach(method -> addScripted(definition, method));
        return definition.build();
    }

    private <Q, A> void addScripted(ServerServiceDefinition.Builder definition, MethodDescriptor<Q, A> method) {
        if (method.getType() == MethodType.SERVER_STREAMING) {
            definition.addMethod(method, ServerCalls.asyncServerStreamingCall((request, answers) -> {
                receive(method.getFullMethodName(), request);
                streams.get(method.getFullMethodName()).accept(request, answers);
            }));
            return;
        }
        definition.addMethod(method, ServerCalls.asyncUnaryCall((request, answers) -> {
            @SuppressWarnings("unchecked")
            A answer = (A) answer(method.getFullMethodName(), request);
            answers.onNext(answer);
            answers.onCompleted();
        }));
    }

    private Object answer(String method, Object request) {
        receive(method, request);
        Function<Object, Object> answer = script.get(method);
        if (answer == null) {
            throw new AssertionError("not in the script: " + method);
        }
        return answer.apply(request);
    }

    private void receive(String method, Object request) {
        counts.computeIfAbsent(method, name -> new AtomicInteger()).incrementAndGet();
        Deadline deadline = Context.current().getDeadline();
        received.put(
                method,
                new Call(
                        request,
                        Caller.current().map(Caller::customerId).orElse(null),
                        RequestId.current(),
                        deadline == null ? Long.MAX_VALUE : deadline.timeRemaining(TimeUnit.SECONDS)));
    }
}
