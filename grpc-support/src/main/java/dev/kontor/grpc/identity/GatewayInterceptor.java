package dev.kontor.grpc.identity;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Recognises the calls of gateways: they come from this process, carry the {@link GatewayProof} or, if no proof is
 * required, come over TLS with a certificate. Their report of the client is trusted. A side that is a separate process
 * refuses all other calls except health and reflection; the standalone process accepts them.
 */
public final class GatewayInterceptor implements ServerInterceptor {

    private final Optional<GatewayProof> proof;
    private final boolean gatewaysOnly;

    private GatewayInterceptor(Optional<GatewayProof> proof, boolean gatewaysOnly) {
        this.proof = proof;
        this.gatewaysOnly = gatewaysOnly;
    }

    /** @param proof that calls must carry; empty if the server accepts no connection without a certificate */
    public static GatewayInterceptor gatewaysOnly(Optional<GatewayProof> proof) {
        return new GatewayInterceptor(proof, true);
    }

    /** Accepts all calls; only the gateway in this process counts as one. */
    public static GatewayInterceptor openToAll() {
        return new GatewayInterceptor(Optional.empty(), false);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (isFromGateway(call, headers)) {
            Context told = ClientNetwork.toldBy(headers, Context.current());
            String method = call.getMethodDescriptor().getFullMethodName();
            KeyedCall keyed = KeyedCall.toldBy(headers, method).orElse(null);
            return keyed == null
                    ? Contexts.interceptCall(told, call, headers, next)
                    : Contexts.interceptCall(keyed.in(told), telling(keyed, call), headers, next);
        }
        if (!gatewaysOnly || AccessInterceptor.isOpen(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        StatusRuntimeException status =
                RefusalCodec.toStatus(new RefusedException(Problem.FORBIDDEN, "Only Kontor's gateways may call this"));
        call.close(status.getStatus(), status.getTrailers());
        return new ServerCall.Listener<>() {};
    }

    private boolean isFromGateway(ServerCall<?, ?> call, Metadata headers) {
        if (call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InProcessSocketAddress) {
            return true;
        }
        return proof.map(asked -> asked.isIn(headers)).orElseGet(() -> gatewaysOnly && hasCertificate(call));
    }

    private static boolean hasCertificate(ServerCall<?, ?> call) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        try {
            return session != null && session.getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    private static <Q, A> ServerCall<Q, A> telling(KeyedCall keyed, ServerCall<Q, A> call) {
        return new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
                keyed.tell(trailers);
                super.close(status, trailers);
            }
        };
    }
}
