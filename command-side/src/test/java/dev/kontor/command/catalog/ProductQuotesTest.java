package dev.kontor.command.catalog;

import static dev.kontor.command.catalog.Products.DESCRIPTION;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.PRICE;
import static dev.kontor.command.catalog.Products.SELLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand.AddStock;
import dev.kontor.api.catalog.ProductCommand.ChangeProduct;
import dev.kontor.api.catalog.ProductCommand.DelistProduct;
import dev.kontor.api.catalog.ProductCommand.ListProduct;
import dev.kontor.api.catalog.ProductQuote;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductQuotesTest {

    private static final ProductId DESK = new ProductId("0197a3c2-0000-7000-8000-0000000000a2");
    private static final Actor OWNER = new Actor(SELLER, Role.CUSTOMER);

    @TempDir
    Path folder;

    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());
    private LoggedAggregates aggregates;
    private Commands commands;
    private ProductQuotes quotes;

    @BeforeEach
    void a_lamp() {
        aggregates = new LoggedAggregates(folder, Product.class);
        commands = aggregates.commands();
        quotes = new ProductQuotes(commands, aggregates.eventStore(), true);
        commands.send(new ListProduct(LAMP, SELLER, DESCRIPTION, PRICE, 1_000));
    }

    @AfterEach
    void close() {
        aggregates.close();
        threads.close();
    }

    private static ChangeProduct reprice(long amount) {
        return new ChangeProduct(LAMP, OWNER, new Description.Change(null, null, null), new Money(amount, "EUR"));
    }

    private long quotedAmount() {
        return quotes.of(LAMP).unitPrice().amount();
    }

    private <T> T elsewhere(Supplier<T> work) throws Exception {
        return CompletableFuture.supplyAsync(work, threads).get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_quote_is_answered_while_a_batch_holds_the_lock_of_the_product() throws Exception {
        ProductQuote before = quotes.of(LAMP);
        UnitOfWork<?> batch = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("a batch"));
        commands.send(new AddStock(LAMP, OWNER, 1));

        assertThat(elsewhere(() -> quotes.of(LAMP)))
                .isEqualTo(before)
                .isEqualTo(new ProductQuote(LAMP, SELLER, DESCRIPTION.title(), PRICE, true));
        batch.commit();
    }

    @Test
    void a_change_counts_once_it_is_durable() throws Exception {
        quotes.of(LAMP);
        UnitOfWork<?> batch = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("a batch"));
        commands.send(reprice(77));

        assertThat(elsewhere(this::quotedAmount)).isEqualTo(PRICE.amount());
        batch.commit();
        assertThat(quotedAmount()).isEqualTo(77);
    }

    @Test
    void a_change_that_is_rolled_back_does_not_count() {
        quotes.of(LAMP);
        UnitOfWork<?> batch = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("a batch"));
        commands.send(reprice(77));
        batch.rollback();

        assertThat(quotedAmount()).isEqualTo(PRICE.amount());
    }

    @Test
    void title_and_delisting_are_quoted_after_their_answer() {
        quotes.of(LAMP);
        commands.send(new ChangeProduct(LAMP, OWNER, new Description.Change("Lantern", null, null), null));
        assertThat(quotes.of(LAMP).title()).isEqualTo("Lantern");

        commands.send(new DelistProduct(LAMP, OWNER));
        assertThat(quotes.of(LAMP).listed()).isFalse();
    }

    @Test
    void an_unknown_product_is_refused_until_it_is_listed() {
        assertThatThrownBy(() -> quotes.of(DESK))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.NOT_FOUND));

        commands.send(new ListProduct(DESK, SELLER, DESCRIPTION, PRICE, 1));

        assertThat(quotes.of(DESK).productId()).isEqualTo(DESK);
    }

    @Test
    void no_quote_is_older_than_the_last_change_that_was_answered() throws Exception {
        AtomicLong answered = new AtomicLong(PRICE.amount());
        CompletableFuture<Void> changing = CompletableFuture.runAsync(
                () -> {
                    for (long amount = PRICE.amount() + 1; amount <= PRICE.amount() + 300; amount++) {
                        commands.send(reprice(amount));
                        answered.set(amount);
                    }
                },
                threads);
        List<CompletableFuture<Void>> reading = new ArrayList<>();
        for (int reader = 0; reader < 3; reader++) {
            reading.add(CompletableFuture.runAsync(
                    () -> {
                        do {
                            long atLeast = answered.get();
                            assertThat(quotedAmount()).isGreaterThanOrEqualTo(atLeast);
                        } while (!changing.isDone());
                    },
                    threads));
        }

        changing.get(60, TimeUnit.SECONDS);
        for (CompletableFuture<Void> each : reading) {
            each.get(60, TimeUnit.SECONDS);
        }
    }
}
