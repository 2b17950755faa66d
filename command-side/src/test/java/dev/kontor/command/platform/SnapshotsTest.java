package dev.kontor.command.platform;

import static dev.kontor.command.catalog.Products.DEADLINE;
import static dev.kontor.command.catalog.Products.LAMP;
import static dev.kontor.command.catalog.Products.SELLER;
import static dev.kontor.command.catalog.Products.level;
import static dev.kontor.command.catalog.Products.listed;
import static dev.kontor.command.catalog.Products.reserved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.Refusal;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.ProductCommand.AddStock;
import dev.kontor.api.catalog.ProductCommand.ChangeProduct;
import dev.kontor.api.catalog.ProductCommand.CommitStock;
import dev.kontor.api.catalog.ProductCommand.QuoteProduct;
import dev.kontor.api.catalog.ProductCommand.RemoveStock;
import dev.kontor.api.catalog.ProductEvent.ProductDescribed;
import dev.kontor.api.catalog.ProductEvent.StockReleased;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.ProductQuote;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.catalog.Product;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.serialization.Revision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotsTest {

    private static final Actor OWNER = new Actor(SELLER, Role.CUSTOMER);
    private static final ProductId DESK = new ProductId("0197a3c2-0000-7000-8000-0000000000a2");

    @TempDir
    Path folder;

    private LoggedAggregates aggregates;

    @BeforeEach
    void open() {
        aggregates = new LoggedAggregates(folder, Product.class);
    }

    @AfterEach
    void close() {
        aggregates.close();
    }

    private void restart() {
        aggregates.close();
        aggregates = new LoggedAggregates(folder, Product.class);
    }

    /** A lamp with this many additions of one unit, on top of 1,000. */
    private void lampWith(int changes) {
        aggregates.append("Product", LAMP, 0, List.of(listed(1_000)));
        for (int i = 0; i < changes; i++) {
            aggregates.<Long>send(new AddStock(LAMP, OWNER, 1));
        }
    }

    private static StockReserved reservation(long i) {
        return reserved(LAMP, OrderId.mint(), 1, level(1_000_000 - i, i));
    }

    /** A lamp with this many open reservations. */
    private void lampWithOpen(int reservations) {
        aggregates.append("Product", LAMP, 0, List.of(listed(1_000_000)));
        reserve(1, reservations);
    }

    private void reserve(long first, int more) {
        aggregates.append(
                "Product",
                LAMP,
                first,
                LongStream.range(first, first + more)
                        .mapToObj(SnapshotsTest::reservation)
                        .toList());
    }

    private String title() {
        return aggregates.<ProductQuote>send(new QuoteProduct(LAMP)).title();
    }

    @Test
    void a_long_history_gets_a_snapshot() throws Exception {
        lampWith(Snapshots.EVENTS);

        assertThat(aggregates.snapshotOf(LAMP))
                .hasValueSatisfying(last -> assertThat(last).isGreaterThanOrEqualTo(Snapshots.EVENTS - 1L));
    }

    @Test
    void a_short_history_gets_none() throws Exception {
        lampWith(Snapshots.EVENTS / 2);

        assertThat(aggregates.snapshotOf(LAMP)).isEmpty();
    }

    @Test
    void events_after_a_snapshot_count_too() throws Exception {
        lampWith(Snapshots.EVENTS + 50);
        assertThat(aggregates.snapshotOf(LAMP)).isPresent();

        restart();

        assertThat(aggregates.<Long>send(new AddStock(LAMP, OWNER, 1))).isEqualTo(Snapshots.EVENTS + 51);
        long available = 1_000 + Snapshots.EVENTS + 51;
        assertThatThrownBy(() -> aggregates.send(new RemoveStock(LAMP, OWNER, available + 1)))
                .isInstanceOfSatisfying(
                        CommandExecutionException.class,
                        refused -> assertThat(refused.<Refusal>getDetails())
                                .contains(new Refusal.InsufficientStock(available + 1, available)));
        aggregates.<Long>send(new RemoveStock(LAMP, OWNER, available));
    }

    @Test
    void a_cached_product_and_its_snapshot_agree() throws Exception {
        lampWith(Snapshots.EVENTS);
        assertThat(aggregates.snapshotOf(LAMP)).isPresent();
        aggregates.<Long>send(new ChangeProduct(LAMP, OWNER, new Description.Change("Cached", null, null), null));
        long version = aggregates.<Long>send(new AddStock(LAMP, OWNER, 1));

        aggregates.forgetAll();

        assertThat(title()).isEqualTo("Cached");
        assertThat(aggregates.<Long>send(new AddStock(LAMP, OWNER, 1))).isEqualTo(version + 1);
    }

    @Test
    void snapshots_go_on_after_a_restart() throws Exception {
        lampWith(Snapshots.EVENTS);
        long first = aggregates.snapshotOf(LAMP).orElseThrow();
        restart();

        for (int i = 0; i < Snapshots.EVENTS; i++) {
            aggregates.<Long>send(new AddStock(LAMP, OWNER, 1));
        }

        assertThat(aggregates.snapshotOf(LAMP))
                .hasValueSatisfying(last -> assertThat(last).isGreaterThan(first));
    }

    @Test
    void an_order_reserved_before_a_snapshot_is_shipped_after_it() throws Exception {
        OrderId order = OrderId.mint();
        aggregates.append(
                "Product",
                LAMP,
                0,
                List.of(listed(10), reserved(LAMP, order, 3, level(7, 3)), released(OrderId.mint(), 7, 3)));
        aggregates.snapshots().scheduleSnapshot(Product.class, LAMP.value());
        assertThat(aggregates.snapshotOf(LAMP)).contains(2L);

        assertThat(aggregates.<Long>send(new CommitStock(LAMP, order))).isEqualTo(3);
        assertThat(aggregates.<Long>send(new CommitStock(LAMP, order))).isEqualTo(3);
    }

    private static StockReleased released(OrderId order, long available, long reserved) {
        return new StockReleased(LAMP, order, 0, DEADLINE, level(available, reserved));
    }

    @Test
    void more_open_reservations_make_snapshots_rarer() throws Exception {
        lampWithOpen(1_000);
        aggregates.snapshots().scheduleSnapshot(Product.class, LAMP.value());
        assertThat(aggregates.snapshotOf(LAMP)).contains(1_000L);

        reserve(1_001, 200);
        aggregates.snapshots().scheduleSnapshot(Product.class, LAMP.value());
        assertThat(aggregates.snapshotOf(LAMP)).contains(1_000L);

        reserve(1_201, 200);
        aggregates.snapshots().scheduleSnapshot(Product.class, LAMP.value());
        assertThat(aggregates.snapshotOf(LAMP)).contains(1_400L);
    }

    @Test
    void the_number_of_open_reservations_is_known_after_a_restart() throws Exception {
        lampWithOpen(1_000);
        aggregates.snapshots().scheduleSnapshot(Product.class, LAMP.value());
        assertThat(aggregates.snapshotOf(LAMP)).contains(1_000L);
        restart();

        reserve(1_001, 200);
        aggregates.snapshots().scheduleSnapshot(Product.class, LAMP.value());
        assertThat(aggregates.snapshotOf(LAMP)).contains(1_000L);

        reserve(1_201, 200);
        aggregates.snapshots().scheduleSnapshot(Product.class, LAMP.value());
        assertThat(aggregates.snapshotOf(LAMP)).contains(1_400L);
    }

    @Test
    void a_failed_snapshot_has_no_effect() throws Exception {
        lampWithOpen(10);

        aggregates.snapshots().scheduleSnapshot(Product.class, "an unknown id");
        aggregates.snapshots().scheduleSnapshot(Product.class, LAMP.value());

        assertThat(aggregates.snapshotOf(LAMP)).contains(10L);
    }

    @Test
    void if_too_many_snapshots_wait_the_next_is_skipped() throws Exception {
        aggregates.close();
        aggregates = new LoggedAggregates(folder, 1, Product.class);
        lampWithOpen(10);
        CountDownLatch busy = new CountDownLatch(1);
        aggregates.worker().execute(() -> await(busy));

        aggregates.snapshots().scheduleSnapshot(Product.class, LAMP.value());
        aggregates.snapshots().scheduleSnapshot(Product.class, LAMP.value());
        assertThatCode(() -> aggregates.snapshots().scheduleSnapshot(Product.class, DESK.value()))
                .doesNotThrowAnyException();
        assertThat(aggregates.worker().getQueue()).hasSize(1);
        busy.countDown();
        aggregates.close();
        aggregates = new LoggedAggregates(folder, Product.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void after_the_shutdown_no_snapshot_is_requested_and_nothing_is_thrown() {
        aggregates.snapshots().close();

        assertThatCode(() -> aggregates.snapshots().scheduleSnapshot(Product.class, LAMP.value()))
                .doesNotThrowAnyException();
    }

    @Revision("0")
    record OldProduct(String name) {}

    @Revision("2")
    record OtherShape(int[] stock) {}

    /** A snapshot of another version, stored under that name. */
    private void leaveSnapshot(String name, Class<?> type, Object payload) {
        LoggedAggregates.engine(aggregates.store(), LoggedAggregates.json(Map.of(name, type)))
                .storeSnapshot(new GenericDomainEventMessage<>("Product", LAMP.value(), 1, payload));
    }

    private void lampThatIsCalled(String title) {
        aggregates.append(
                "Product",
                LAMP,
                0,
                List.of(listed(10), new ProductDescribed(LAMP, new Description(title, "", "light"))));
    }

    @Test
    void a_snapshot_of_an_older_revision_counts_as_none() {
        lampThatIsCalled("From its events");
        leaveSnapshot("catalog.Product", OldProduct.class, new OldProduct("From an old snapshot"));

        assertThat(aggregates.engine().readSnapshot(LAMP.value())).isEmpty();
        assertThat(title()).isEqualTo("From its events");
    }

    @Test
    void a_snapshot_of_an_unknown_type_counts_as_none() {
        lampThatIsCalled("From its events");
        leaveSnapshot("catalog.Article", OldProduct.class, new OldProduct("From an old snapshot"));

        assertThat(aggregates.engine().readSnapshot(LAMP.value())).isEmpty();
        assertThat(title()).isEqualTo("From its events");
    }

    @Test
    void a_snapshot_that_cannot_be_read_counts_as_none() {
        lampThatIsCalled("From its events");
        leaveSnapshot("catalog.Product", OtherShape.class, new OtherShape(new int[] {1}));

        assertThat(title()).isEqualTo("From its events");
    }

    @Test
    void a_snapshot_of_an_older_revision_is_replaced() throws Exception {
        lampThatIsCalled("From its events");
        leaveSnapshot("catalog.Product", OldProduct.class, new OldProduct("From an old snapshot"));

        IntStream.range(0, Snapshots.EVENTS).forEach(i -> aggregates.<Long>send(new AddStock(LAMP, OWNER, 1)));

        assertThat(aggregates.snapshotOf(LAMP)).isPresent();
    }
}
