package dev.kontor.standalone.identity;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.OnSharedKontor;
import dev.kontor.standalone.Shop;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of caller calls every method of the gRPC API on the sides directly, which know the owners of data. */
@OnSharedKontor
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrpcOperationsIT {

    private static final List<ServiceDescriptor> SERVICES = List.of(
            IdentityCommandsGrpc.getServiceDescriptor(),
            IdentityQueriesGrpc.getServiceDescriptor(),
            TokenVerificationGrpc.getServiceDescriptor(),
            CustomerCommandsGrpc.getServiceDescriptor(),
            CustomerQueriesGrpc.getServiceDescriptor(),
            CatalogCommandsGrpc.getServiceDescriptor(),
            CatalogQueriesGrpc.getServiceDescriptor(),
            CartCommandsGrpc.getServiceDescriptor(),
            CartQueriesGrpc.getServiceDescriptor(),
            OrderCommandsGrpc.getServiceDescriptor(),
            OrderQueriesGrpc.getServiceDescriptor(),
            DeadLetterOperationsGrpc.getServiceDescriptor(),
            ProcessorOperationsGrpc.getServiceDescriptor(),
            ViewOperationsGrpc.getServiceDescriptor(),
            LogOperationsGrpc.getServiceDescriptor(),
            EventLogGrpc.getServiceDescriptor(),
            OperatorCommandsGrpc.getServiceDescriptor(),
            KeyedRequestsGrpc.getServiceDescriptor());

    private final GrpcCaller caller;
    private final OperationsTable table;
    private final List<Operation> operations;

    GrpcOperationsIT(Shop shop, KontorProcess kontor) {
        this.caller = new GrpcCaller(kontor.grpc());
        this.table = new OperationsTable(shop);
        this.operations = new GrpcOperations(caller).all();
    }

    @AfterAll
    void close() {
        caller.close();
    }

    Stream<Operation> everyOperation() {
        return operations.stream();
    }

    @ParameterizedTest
    @MethodSource("everyOperation")
    void only_the_roles_of_the_table_are_admitted(Operation operation) {
        table.walk(operation);
    }

    @Test
    void the_table_has_every_method_of_the_proto_files() {
        assertThat(operations)
                .extracting(Operation::name)
                .containsExactlyInAnyOrderElementsOf(SERVICES.stream()
                        .flatMap(service -> service.getMethods().stream())
                        .map(MethodDescriptor::getFullMethodName)
                        .toList());
    }
}
