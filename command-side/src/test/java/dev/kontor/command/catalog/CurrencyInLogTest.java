package dev.kontor.command.catalog;

import static dev.kontor.command.catalog.Products.DESK;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.SELLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kontor.api.cart.CartEvent.CartCleared;
import dev.kontor.api.catalog.CurrencyCode;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ShopEvent.CurrencyFixed;
import dev.kontor.api.catalog.ShopId;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.grpc.platform.StartException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The currency of a log, with a real event store. */
class CurrencyInLogTest {

    private static final CurrencyCode EURO = new CurrencyCode("EUR");
    private static final CurrencyCode DOLLAR = new CurrencyCode("USD");

    @TempDir
    Path folder;

    private LoggedAggregates log;
    private CurrencyInLog currency;

    @BeforeEach
    void open() {
        log = LoggedAggregates.ofMany(folder, Clock.systemUTC(), List.of(), List.of(Shop.class));
        currency = new CurrencyInLog(log.commands(), log.eventStore());
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void listed(ProductId product, String inCurrency) {
        log.append(
                "Product",
                product,
                0,
                List.of(new ProductListed(
                        product,
                        SELLER,
                        new Description("Lamp", "", "light"),
                        new Money(100, inCurrency),
                        new StockLevel(1, 0))));
    }

    private List<Object> fixed() {
        return log.eventStore()
                .readEvents(new ShopId().toString())
                .asStream()
                .<Object>map(event -> event.getPayload())
                .toList();
    }

    @Test
    void an_empty_log_trades_permanently_in_the_currency_of_the_setting() {
        assertThat(currency.require(DOLLAR)).isEqualTo(DOLLAR);
        assertThat(currency.require(DOLLAR)).isEqualTo(DOLLAR);

        assertThat(fixed()).containsExactly(new CurrencyFixed(DOLLAR));
    }

    @Test
    void another_setting_later_is_refused_in_a_sentence_that_says_what_to_do_and_changes_nothing() {
        currency.require(EURO);

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> currency.require(DOLLAR))
                .withMessage(
                        "The shop in this log trades in EUR, and kontor.currency says USD. A shop's currency never changes: start with kontor.currency=EUR");
        assertThat(fixed()).containsExactly(new CurrencyFixed(EURO));
        assertThat(currency.require(EURO)).isEqualTo(EURO);
    }

    @Test
    void an_old_log_trades_in_the_currency_of_its_oldest_price_for_any_setting() {
        log.append("Cart", "cart-" + SELLER, 0, List.of(new CartCleared(SELLER)));
        listed(LAMP, "EUR");
        listed(DESK, "USD");
        log.append("Product", LAMP, 1, List.of(new ProductRepriced(LAMP, new Money(1, "USD"))));

        assertThatExceptionOfType(StartException.class).isThrownBy(() -> currency.require(DOLLAR));

        assertThat(fixed()).containsExactly(new CurrencyFixed(EURO));
        assertThat(currency.require(EURO)).isEqualTo(EURO);
    }

    @Test
    void an_old_log_without_a_price_trades_in_the_currency_of_the_setting() {
        log.append("Cart", "cart-" + SELLER, 0, List.of(new CartCleared(SELLER)));

        assertThat(currency.require(DOLLAR)).isEqualTo(DOLLAR);
    }

    @RepeatedTest(10)
    void of_two_processes_that_start_at_once_with_different_settings_one_starts() throws Exception {
        CurrencyInLog one = new CurrencyInLog(log.another().commands(), log.eventStore());
        CurrencyInLog other = new CurrencyInLog(log.another().commands(), log.eventStore());
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<CurrencyCode> euros = () -> {
            start.await();
            return one.require(EURO);
        };
        Callable<CurrencyCode> dollars = () -> {
            start.await();
            return other.require(DOLLAR);
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<CurrencyCode>> starts = threads.invokeAll(List.of(euros, dollars));

            assertThat(starts)
                    .filteredOn(each -> each.state() == Future.State.SUCCESS)
                    .hasSize(1);
            assertThat(starts)
                    .filteredOn(each -> each.state() == Future.State.FAILED)
                    .singleElement()
                    .satisfies(each ->
                            assertThat(each.exceptionNow()).hasMessageContaining("A shop's currency never changes"));
        }
        assertThat(fixed()).hasSize(1);
    }
}
