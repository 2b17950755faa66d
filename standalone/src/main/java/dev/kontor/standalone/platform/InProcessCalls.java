package dev.kontor.standalone.platform;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.inprocess.InProcessServerBuilder;
import java.util.concurrent.Executor;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/**
 * The threads of calls between gateway and sides in this process. A query runs on the thread of its caller: it ends
 * within the caller's deadline. A command may wait longer, for the disk, so it runs on a thread of its own, and its
 * caller can stop waiting.
 */
@Configuration(proxyBeanMethods = false)
class InProcessCalls {

    /** The end of the name of each service that only reads. */
    private static final String QUERIES = "Queries";

    @Bean
    ServerBuilderCustomizer<InProcessServerBuilder> threadsOfCalls(GrpcServerExecutorProvider threads) {
        Executor ofCommands = threads.getExecutor();
        ServerCallExecutorSupplier choice = new ServerCallExecutorSupplier() {
            @Override
            public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
                String service = call.getMethodDescriptor().getServiceName();
                return service != null && service.endsWith(QUERIES) ? Runnable::run : ofCommands;
            }
        };
        return server -> server.executor(Runnable::run).callExecutor(choice);
    }
}
