package dev.kontor.gateway;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Written;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.proto.order.PlaceOrderRequest;
import dev.kontor.testsupport.Answer;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls that the gateway repeats by itself, counted by the side. */
class RepeatedCallsTest {

    private static SocketSide side;
    private static RunningGateway gateway;

    private final ScriptedSides sides = ScriptedSides.INSTANCE;

    @BeforeAll
    static void start() {
        side = new SocketSide();
        gateway = new RunningGateway("--kontor.command-side=" + side.target(), "--kontor.query-side=" + side.target());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> gateway.manage("/actuator/health/readiness").status() == 200);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        side.close();
    }

    @BeforeEach
    void forgetTheScript() {
        sides.forget();
    }

    /** A new token: a shared one could expire before the last test. */
    private static String customer() {
        return TestAuthority.INSTANCE.token("customer-1", "CUSTOMER");
    }

    private static Answer order() {
        return gateway.sendAsyncAs(
                customer(), "POST", "/api/v1/orders", "{\"lines\":[{\"productId\":\"p-1\",\"quantity\":1}]}");
    }

    private static Answer browse() {
        return gateway.get("/api/v1/catalog/products");
    }

    private static Answer changeStock() {
        return gateway.sendAs(customer(), "POST", "/api/v1/catalog/products/p-1/stock", "{\"change\":5}");
    }

    /** The first attempt may have made the change, and so have changed the version. */
    @Test
    void a_repeat_that_fails_its_precondition_is_no_refusal() {
        AtomicInteger attempts = new AtomicInteger();
        sides.on(CatalogCommandsGrpc.getChangeProductMethod(), q -> {
            if (attempts.incrementAndGet() == 1) {
                throw Status.UNAVAILABLE.asRuntimeException();
            }
            throw new RefusedException(
                    Problem.PRECONDITION_FAILED, "This has changed", Map.of("version", "9"), List.of());
        });

        gateway.sendAs(customer(), "PATCH", "/api/v1/catalog/products/p-1", "{\"title\":\"Torch\"}")
                .satisfies(problem(Problem.UNAVAILABLE));

        assertThat(attempts).hasValueGreaterThan(1);
    }

    @Test
    void repeatable_calls_are_sent_three_times_and_an_order_has_one_id() {
        List<String> ids = new CopyOnWriteArrayList<>();
        sides.on(OrderCommandsGrpc.getPlaceOrderMethod(), (PlaceOrderRequest q) -> {
            ids.add(q.getOrderId());
            if (ids.size() < 3) {
                throw Status.UNAVAILABLE.asRuntimeException();
            }
            return Written.newBuilder().setId(q.getOrderId()).build();
        });

        order().hasStatus(202);

        assertThat(ids).hasSize(3).containsOnly(ids.getFirst());
    }

    @Test
    void the_failure_of_the_last_repeat_is_answered() {
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> {
            throw Status.UNAVAILABLE.asRuntimeException();
        });

        browse().satisfies(problem(Problem.UNAVAILABLE));

        assertThat(sides.count(CatalogQueriesGrpc.getSearchProductsMethod())).isEqualTo(3);
    }

    @Test
    void other_calls_are_sent_once() {
        sides.on(CatalogCommandsGrpc.getChangeStockMethod(), q -> {
            throw Status.UNAVAILABLE.asRuntimeException();
        });

        changeStock().satisfies(problem(Problem.UNAVAILABLE));

        assertThat(sides.count(CatalogCommandsGrpc.getChangeStockMethod())).isOne();
    }
}
