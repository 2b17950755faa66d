package dev.kontor.standalone.operations;

import dev.kontor.command.operations.Refusals;
import dev.kontor.store.BookOverloadedException;
import dev.kontor.wire.identity.AccessInterceptor;
import dev.kontor.wire.identity.TokenVerifier;
import dev.kontor.wire.operations.CallInterceptor;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;

/** What every gRPC call to a side passes, in process or over the loopback port. */
@Configuration(proxyBeanMethods = false)
class Doors {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @Order(0)
    @GlobalServerInterceptor
    CallInterceptor callInterceptor() {
        return new CallInterceptor(Doors::translate);
    }

    @Bean
    @Order(1)
    @GlobalServerInterceptor
    AccessInterceptor accessInterceptor(@Qualifier("sideTokenVerifier") TokenVerifier verifier) {
        return new AccessInterceptor(verifier);
    }

    /** Calls wait for the disk and for each other; a virtual thread each lets them. */
    @Bean
    GrpcServerExecutorProvider callExecutor() {
        return () -> Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("call-", 0).factory());
    }

    private static Refused translate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BookOverloadedException) {
                return new Refused(Problem.OVERLOADED, Problem.OVERLOADED.title());
            }
        }
        return Refusals.translate(failure).orElse(null);
    }
}
