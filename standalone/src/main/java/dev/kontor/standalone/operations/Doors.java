package dev.kontor.standalone.operations;

import dev.kontor.command.operations.Refusals;
import dev.kontor.store.BookException;
import dev.kontor.store.BookFullException;
import dev.kontor.store.BookOverloadedException;
import dev.kontor.store.BookStoppedException;
import dev.kontor.wire.identity.AccessInterceptor;
import dev.kontor.wire.identity.TokenVerifier;
import dev.kontor.wire.operations.CallInterceptor;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import java.time.Clock;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.server.GlobalServerInterceptor;

/** What every gRPC call to a side passes, in process or over the loopback port. */
@Configuration(proxyBeanMethods = false)
class Doors {

    private static final Logger log = LoggerFactory.getLogger(Doors.class);

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

    /** Null for what is neither a refusal nor the book's. Details name no files: clients are told, operators read the log. */
    static Refused translate(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case BookOverloadedException overloaded -> {
                    return new Refused(Problem.OVERLOADED, Problem.OVERLOADED.title());
                }
                case BookFullException full -> {
                    return new Refused(
                            Problem.STORAGE_FULL,
                            "Reading goes on. Writing goes on by itself once there is room again");
                }
                case BookStoppedException stopped -> {
                    return new Refused(
                            Problem.STORAGE_FAILED,
                            "A write to the disk failed. Kontor takes no more until it is restarted");
                }
                case BookException unreadable -> {
                    log.error("the book could not be used", unreadable);
                    return new Refused(Problem.STORAGE_FAILED, Problem.STORAGE_FAILED.title());
                }
                default -> {}
            }
        }
        return Refusals.translate(failure).orElse(null);
    }
}
