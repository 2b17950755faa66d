package dev.kontor.grpc.identity;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusalCodec;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Tells calls that come from a gateway from all others: they come from this JVM, show the {@link GatewayProof}, or, where
 * no proof is asked for, come over TLS with a certificate. What they say of their client is believed. Between processes
 * nothing else is let in but health and reflection; the port of the one JVM is also for people.
 */
public final class GatewayInterceptor implements ServerInterceptor {

    private final Optional<GatewayProof> proof;
    private final boolean gatewaysOnly;

    private GatewayInterceptor(Optional<GatewayProof> proof, boolean gatewaysOnly) {
        this.proof = proof;
        this.gatewaysOnly = gatewaysOnly;
    }

    /** @param proof that calls must show; empty where the server takes no connection without a certificate */
    public static GatewayInterceptor gatewaysOnly(Optional<GatewayProof> proof) {
        return new GatewayInterceptor(proof, true);
    }

    /** Everybody is let in; only the gateway in this JVM is known as one. */
    public static GatewayInterceptor openToAll() {
        return new GatewayInterceptor(Optional.empty(), false);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (isFromGateway(call, headers)) {
            return Contexts.interceptCall(ClientNetwork.toldBy(headers, Context.current()), call, headers, next);
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
}
