package dev.kontor.grpc.identity;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Access;
import dev.kontor.proto.Common;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verifies the token of a call and admits the caller by the {@code access} option of the proto files. A method without
 * that option is closed. Health and reflection are open, because they reveal no data of customers.
 */
public final class AccessInterceptor implements ServerInterceptor {

    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    static final String BEARER = "Bearer ";

    private static final Set<String> OPEN_SERVICES = Set.of(
            "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection");

    private final TokenVerifier verifier;
    private final Map<String, Access> declared = new ConcurrentHashMap<>();

    public AccessInterceptor(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
            Context context = identify(headers.get(AUTHORIZATION), accessOf(call.getMethodDescriptor()));
            return Contexts.interceptCall(context, call, headers, next);
        } catch (RefusedException refused) {
            StatusRuntimeException status = RefusalCodec.toStatus(refused);
            call.close(status.getStatus(), status.getTrailers());
            return new ServerCall.Listener<>() {};
        }
    }

    /** For public methods an invalid token counts as none; the few that need a caller ask {@link Caller#required}. */
    private Context identify(String authorization, Access access) {
        Context context = Context.current();
        if (authorization == null) {
            admit(null, access);
            return context;
        }
        Caller caller;
        try {
            caller = verify(authorization);
        } catch (RefusedException refused) {
            if (access == Access.PUBLIC) {
                return Caller.refused(context, refused);
            }
            throw refused;
        }
        admit(caller, access);
        return caller.in(context);
    }

    private Caller verify(String authorization) {
        if (!authorization.startsWith(BEARER)) {
            throw new RefusedException(Problem.UNAUTHENTICATED, Problem.UNAUTHENTICATED.title());
        }
        return verifier.verify(authorization.substring(BEARER.length()));
    }

    private static void admit(Caller caller, Access access) {
        switch (access) {
            case PUBLIC -> {}
            case SIGNED_IN, ADMIN -> {
                if (caller == null) {
                    throw new RefusedException(Problem.UNAUTHENTICATED, Problem.UNAUTHENTICATED.title());
                }
                if (access == Access.ADMIN && !caller.isAdmin()) {
                    throw new RefusedException(Problem.FORBIDDEN, "Only admins may do this");
                }
            }
            case ACCESS_UNSPECIFIED, UNRECOGNIZED ->
                throw new RefusedException(Problem.FORBIDDEN, "The API grants no access to this method");
        }
    }

    /** Whether the service is open to all callers. */
    static boolean isOpen(String service) {
        return service != null && OPEN_SERVICES.contains(service);
    }

    private Access accessOf(MethodDescriptor<?, ?> method) {
        return declared.computeIfAbsent(method.getFullMethodName(), name -> {
            if (isOpen(method.getServiceName())) {
                return Access.PUBLIC;
            }
            return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier
                    ? supplier.getMethodDescriptor().getOptions().getExtension(Common.access)
                    : Access.ACCESS_UNSPECIFIED;
        });
    }
}
