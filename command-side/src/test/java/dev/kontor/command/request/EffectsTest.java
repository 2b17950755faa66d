package dev.kontor.command.request;

import static dev.kontor.command.catalog.Products.DESCRIPTION;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.PRICE;
import static dev.kontor.command.catalog.Products.SELLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.catalog.ProductCommand.AddStock;
import dev.kontor.api.catalog.ProductCommand.ListProduct;
import dev.kontor.api.catalog.ProductCommand.RemoveStock;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.api.customer.Role;
import dev.kontor.api.request.KeyedRequestEvent.RequestExecuted;
import dev.kontor.api.request.KeyedRequestId;
import dev.kontor.command.catalog.Product;
import dev.kontor.command.customer.EmailHash;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.command.platform.Scenario;
import dev.kontor.command.request.Effects.Effect;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.identity.KeyedCall;
import dev.kontor.grpc.identity.KeyedCall.Outcome;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Context;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real aggregates and a real log. */
class EffectsTest {

    private static final Actor OWNER = new Actor(SELLER, Role.CUSTOMER);
    private static final Caller CALLER =
            new Caller(SELLER.value(), "CUSTOMER", "session", 1, Scenario.NOON.plusSeconds(900), "token");
    private static final String FINGERPRINT = "a-fingerprint-of-a-request";
    private static final KeyedRequestId ID = KeyedRequestId.ofCaller(SELLER.value(), "key");

    @TempDir
    private Path folder;

    private LoggedAggregates aggregates;
    private Effects effects;

    @BeforeEach
    void open() {
        aggregates = new LoggedAggregates(folder, Product.class, KeyedRequest.class);
        aggregates.intercept(c -> new KeyedExecution(() -> c.repository(KeyedRequest.class)));
        effects = new Effects(aggregates.commands(), new EmailHash(new MemoryKeyRing(), new byte[32]));
        aggregates.send(new ListProduct(LAMP, SELLER, DESCRIPTION, PRICE, 5));
    }

    @AfterEach
    void close() {
        aggregates.close();
    }

    private static KeyedCall call(String fingerprint) {
        return KeyedCall.of("key", fingerprint);
    }

    private static <T> T in(KeyedCall call, Supplier<T> work) {
        Context context = CALLER.in(Context.ROOT);
        try {
            return (call == null ? context : call.in(context)).call(work::get);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Effect<Long> addOne() {
        return effects.once(
                Long.class, sender -> new Effect<>(LAMP.value(), sender.send(LAMP, new AddStock(LAMP, OWNER, 1))));
    }

    private long added() {
        return aggregates.eventsOf(LAMP).stream()
                .filter(StockAdded.class::isInstance)
                .count();
    }

    @Test
    void a_call_without_a_key_leaves_no_trace_of_one() {
        in(null, this::addOne);
        in(null, this::addOne);

        assertThat(added()).isEqualTo(2);
        assertThat(aggregates.store().head()).isEqualTo(2);
    }

    @Test
    void a_repeat_has_no_further_effect_and_the_same_result() {
        KeyedCall first = call(FINGERPRINT);
        KeyedCall second = call(FINGERPRINT);

        Effect<Long> effect = in(first, this::addOne);
        in(null, this::addOne);

        assertThat(in(second, this::addOne)).isEqualTo(effect).isEqualTo(new Effect<>(LAMP.value(), 1L));
        assertThat(added()).isEqualTo(2);
        assertThat(first.outcome()).isEqualTo(Outcome.EXECUTED);
        assertThat(second.outcome()).isEqualTo(Outcome.REPEATED);
    }

    @Test
    void the_key_is_in_the_log_with_the_effect() {
        in(call(FINGERPRINT), this::addOne);

        assertThat(aggregates.eventsOf(ID)).singleElement().isInstanceOfSatisfying(RequestExecuted.class, executed -> {
            assertThat(executed.subject()).isEqualTo(LAMP.value());
            assertThat(executed.result()).isEqualTo("1");
            assertThat(executed.fingerprint()).isNotEqualTo(FINGERPRINT);
        });
        assertThat(aggregates.store().head()).isEqualTo(2);
    }

    @Test
    void another_request_under_the_key_is_refused() {
        in(call(FINGERPRINT), this::addOne);

        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> in(call("of-another-request-it-is"), this::addOne));

        assertThat(refused.problem()).isEqualTo(Problem.KEY_REUSED);
        assertThat(added()).isEqualTo(1);
    }

    @Test
    void a_refusal_writes_nothing_and_leaves_the_key_free() {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class,
                () -> in(
                        call(FINGERPRINT),
                        () -> effects.once(
                                Long.class,
                                sender -> new Effect<>(
                                        LAMP.value(), sender.send(LAMP, new RemoveStock(LAMP, OWNER, 6))))));

        assertThat(refused.problem()).isEqualTo(Problem.INSUFFICIENT_STOCK);
        assertThat(aggregates.eventsOf(ID)).isEmpty();
        in(call("of-another-request-it-is"), this::addOne);
        assertThat(added()).isEqualTo(1);
    }

    @Test
    void many_at_once_have_one_effect_and_one_result() throws Exception {
        int many = 32;
        List<Callable<Effect<Long>>> repeats = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            repeats.add(() -> in(call(FINGERPRINT), this::addOne));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Effect<Long>> results = new ArrayList<>();
            for (Future<Effect<Long>> done : threads.invokeAll(repeats)) {
                results.add(done.get());
            }
            assertThat(results).hasSize(many).containsOnly(new Effect<>(LAMP.value(), 1L));
        }
        assertThat(added()).isEqualTo(1);
    }

    @Test
    void a_repeat_skips_all_checks() {
        in(call(FINGERPRINT), this::addOne);

        Effect<Void> repeated = in(
                call(FINGERPRINT),
                () -> effects.once(Void.class, sender -> {
                    throw new AssertionError("the effect is there");
                }));

        assertThat(repeated.subject()).isEqualTo(LAMP.value());
    }
}
