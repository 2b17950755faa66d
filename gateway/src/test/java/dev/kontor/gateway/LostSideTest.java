package dev.kontor.gateway;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Written;
import dev.kontor.proto.cart.CartQueriesGrpc;
import dev.kontor.proto.cart.GetCartResponse;
import dev.kontor.proto.catalog.CatalogCommandsGrpc;
import dev.kontor.proto.catalog.CatalogQueriesGrpc;
import dev.kontor.proto.catalog.SearchProductsResponse;
import dev.kontor.proto.order.OrderCommandsGrpc;
import dev.kontor.testsupport.Answer;
import dev.kontor.testsupport.CuttingProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command side and one query side over real connections that are delayed, stalled and reset. */
class LostSideTest {

    private static final Logger log = LoggerFactory.getLogger(LostSideTest.class);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final String PRODUCTS = "/api/v1/catalog/products";
    private static final String STOCK = PRODUCTS + "/p-1/stock";
    private static final String ORDER = "{\"lines\":[{\"productId\":\"p-1\",\"quantity\":1}]}";

    private static SocketSide commandSide;
    private static SocketSide querySide;
    private static CuttingProxy toCommandSide;
    private static CuttingProxy toQuerySide;
    private static RunningGateway gateway;

    private final ScriptedSides sides = ScriptedSides.INSTANCE;

    @BeforeAll
    static void start() {
        commandSide = new SocketSide();
        querySide = new SocketSide();
        toCommandSide = new CuttingProxy(commandSide.port());
        toQuerySide = new CuttingProxy(querySide.port());
        gateway = new RunningGateway(
                "--kontor.command-side=list:///127.0.0.1:" + toCommandSide.port(),
                "--kontor.query-side=list:///localhost:" + toQuerySide.port(),
                "--kontor.deadline=" + DEADLINE.toMillis() + "ms");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        toCommandSide.close();
        toQuerySide.close();
        commandSide.close();
        querySide.close();
    }

    @BeforeEach
    void the_connections_work() {
        sides.forget();
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> SearchProductsResponse.getDefaultInstance());
        sides.on(CartQueriesGrpc.getGetCartMethod(), q -> GetCartResponse.getDefaultInstance());
        sides.on(
                OrderCommandsGrpc.getPlaceOrderMethod(),
                q -> Written.newBuilder().setId("order-1").build());
        toCommandSide.restore();
        toQuerySide.restore();
        await().atMost(LONG).until(() -> browse().status() == 200);
        await().atMost(LONG).until(() -> order().status() == 202);
        sides.forgetCalls();
    }

    /** A new token: a shared one could expire before the last test. */
    private static String customer() {
        return TestAuthority.INSTANCE.token("customer-1", "CUSTOMER");
    }

    private static Answer browse() {
        return gateway.get(PRODUCTS);
    }

    private static Answer order() {
        return gateway.sendAsyncAs(customer(), "POST", "/api/v1/orders", ORDER);
    }

    private static Answer changeStock() {
        return gateway.sendAs(customer(), "POST", STOCK, "{\"change\":5}");
    }

    private static String breaker(String side) {
        return gateway.manage("/actuator/health").at("/components/breakers/details/" + side);
    }

    private static Duration took(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void a_side_that_dies_in_the_middle_of_a_call_is_unavailable() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        sides.on(CatalogCommandsGrpc.getChangeStockMethod(), q -> {
            arrived.countDown();
            wait(over);
            return Written.getDefaultInstance();
        });
        CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(LostSideTest::changeStock);
        assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();

        toCommandSide.cut();

        Answer unavailable = answer.get(30, TimeUnit.SECONDS).satisfies(problem(Problem.UNAVAILABLE));
        over.countDown();
        assertThat(unavailable.header("Retry-After")).isNotEmpty();
        assertThat(sides.count(CatalogCommandsGrpc.getChangeStockMethod()))
                .as("the outcome is unknown, so the call must not be repeated")
                .isOne();
    }

    @Test
    void an_unreachable_side_is_unavailable_at_once() {
        toQuerySide.cut();

        assertThat(took(() -> browse().satisfies(problem(Problem.UNAVAILABLE)))).isLessThan(DEADLINE);
        assertThat(browse().header("Retry-After")).isNotEmpty();
    }

    @Test
    void a_call_waits_for_a_slow_side_until_the_deadline() {
        CountDownLatch over = new CountDownLatch(1);
        sides.on(CatalogQueriesGrpc.getSearchProductsMethod(), q -> {
            wait(over);
            return SearchProductsResponse.getDefaultInstance();
        });

        assertThat(took(() -> browse().satisfies(problem(Problem.DEADLINE_EXCEEDED))))
                .isBetween(DEADLINE, DEADLINE.plusSeconds(2));
        over.countDown();
    }

    @Test
    void a_slow_connection_is_not_a_failure() {
        toQuerySide.delay(Duration.ofMillis(200));

        browse().hasStatus(200);
    }

    @Test
    void a_stalled_connection_is_found_by_the_deadline_and_by_the_breaker() {
        toQuerySide.freeze();

        assertThat(took(() -> browse().satisfies(problem(Problem.DEADLINE_EXCEEDED))))
                .isLessThan(DEADLINE.plusSeconds(2));
        // Each of these calls would hold a thread until the deadline.
        List<CompletableFuture<Answer>> many = IntStream.range(0, 25)
                .mapToObj(i -> CompletableFuture.supplyAsync(LostSideTest::browse, Thread::startVirtualThread))
                .toList();
        many.forEach(answer -> assertThat(answer.join().status()).isIn(503, 504));
        await().atMost(LONG).until(() -> breakerOpens(LostSideTest::browse, "query-side"));
        assertThat(took(() -> browse().satisfies(problem(Problem.UNAVAILABLE)))).isLessThan(Duration.ofSeconds(1));

        toQuerySide.restore();
        assertThat(untilItAnswers(LostSideTest::browse, 200)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void a_restored_side_is_found_within_moments() {
        toCommandSide.cut();
        await().atMost(LONG).until(() -> breakerOpens(LostSideTest::order, "command-side"));
        order().satisfies(problem(Problem.UNAVAILABLE));

        toCommandSide.restore();

        Duration recovery = untilItAnswers(LostSideTest::order, 202);
        log.info("answers again {} ms after the side was back", recovery.toMillis());
        assertThat(recovery).isLessThan(Duration.ofSeconds(5));
        await().atMost(LONG).until(() -> {
            order();
            return breaker("command-side").equals("CLOSED");
        });
    }

    /** Repeats the call until it succeeds: a breaker permits some every second. */
    private static boolean breakerOpens(Supplier<Answer> call, String side) {
        assertThat(call.get().status()).isIn(503, 504);
        return breaker(side).equals("OPEN");
    }

    private static Duration untilItAnswers(Supplier<Answer> call, int status) {
        return took(() -> await().pollInterval(Duration.ofMillis(20))
                .atMost(LONG)
                .until(() -> {
                    Answer answer = call.get();
                    assertThat(answer.status()).isIn(status, 503, 504);
                    return answer.status() == status;
                }));
    }

    @Test
    void while_the_command_side_is_away_signed_in_customers_can_read() {
        toCommandSide.cut();
        await().atMost(LONG).until(() -> order().status() == 503);

        gateway.getAs(customer(), "/api/v1/cart").hasStatus(200);
        gateway.get("/.well-known/jwks.json").hasStatus(200);
        order().satisfies(problem(Problem.UNAVAILABLE));
        gateway.manage("/actuator/health/readiness").hasStatus(200);
    }

    @Test
    void while_the_query_side_is_away_signed_in_customers_can_order() {
        toQuerySide.cut();
        await().atMost(LONG).until(() -> browse().status() == 503);

        order().hasStatus(202);
        gateway.getAs(customer(), "/api/v1/cart").satisfies(problem(Problem.UNAVAILABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"must be 1 to 1,000,000", "\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC\u20AC"})
    void a_refusal_of_two_hundred_values_arrives_as_the_first_ones_and_a_count(String message) {
        List<RefusedException.Violation> all = IntStream.range(0, 200)
                .mapToObj(i -> new RefusedException.Violation("lines[" + i + "].quantity", message.repeat(30)))
                .toList();
        sides.on(OrderCommandsGrpc.getPlaceOrderMethod(), q -> {
            throw new RefusedException(
                    Problem.INVALID_REQUEST, message.repeat(30), Map.of("fact", message.repeat(30)), all);
        });

        Answer answer = order().satisfies(problem(Problem.INVALID_REQUEST));

        int listed = answer.json().at("/errors").size();
        assertThat(listed).isBetween(1, 20);
        assertThat(answer.json().at("/moreErrors").asInt()).isEqualTo(200 - listed);
    }

    @Test
    void refusals_do_not_open_the_breaker() {
        sides.on(OrderCommandsGrpc.getPlaceOrderMethod(), q -> {
            throw new RefusedException(Problem.STORAGE_FAILED, Problem.STORAGE_FAILED.title());
        });

        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            answers.add(order().at("/type"));
        }

        assertThat(answers).containsOnly(Problem.STORAGE_FAILED.urn());
        assertThat(breaker("command-side")).isEqualTo("CLOSED");
    }

    private static void wait(CountDownLatch over) {
        try {
            over.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
