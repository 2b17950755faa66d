package dev.kontor.command.catalog;

import static dev.kontor.command.catalog.Products.DESCRIPTION;
import static dev.kontor.command.catalog.Products.OWNER;
import static dev.kontor.command.catalog.Products.PRICE;
import static dev.kontor.command.catalog.Products.SELLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.Refusal;
import dev.kontor.api.catalog.ProductCommand.AddStock;
import dev.kontor.api.catalog.ProductCommand.CommitStock;
import dev.kontor.api.catalog.ProductCommand.DelistProduct;
import dev.kontor.api.catalog.ProductCommand.ListProduct;
import dev.kontor.api.catalog.ProductCommand.ReleaseStock;
import dev.kontor.api.catalog.ProductCommand.RemoveStock;
import dev.kontor.api.catalog.ProductCommand.ReserveStock;
import dev.kontor.api.catalog.ProductEvent;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.ProductEvent.StockCommitted;
import dev.kontor.api.catalog.ProductEvent.StockReleased;
import dev.kontor.api.catalog.ProductEvent.StockRemoved;
import dev.kontor.api.catalog.ProductEvent.StockReservationRefused;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.Scenario;
import dev.kontor.testsupport.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For any commands in any order, a product's stock adds up. */
class ProductInvariantTest {

    private static final int SEQUENCES = 200;
    private static final int COMMANDS = 40;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEQUENCES);
    }

    /** An order that may reserve the product repeatedly, until its deadline. */
    private record Asking(OrderId order, Instant deadline) {}

    /** Every command loads the product from its whole history. */
    private final AxonSetup setup = new AxonSetup();

    @AfterEach
    void close() {
        setup.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void after_every_event_stock_is_additions_minus_removals(long seed) {
        Random random = new Random(seed);
        ProductId product = ProductId.mint();
        Instant start = setup.clock.instant();
        List<Asking> orders = Stream.generate(() -> new Asking(OrderId.mint(), start.plusSeconds(random.nextInt(120))))
                .limit(6)
                .toList();
        setup.send(new ListProduct(product, SELLER, DESCRIPTION, PRICE, random.nextInt(20)));

        for (int i = 0; i < COMMANDS; i++) {
            setup.clock.advance(Duration.ofSeconds(random.nextInt(5)));
            setup.send(command(random, product, orders));
        }

        List<ProductEvent> history = setup.historyOf(product);
        assertThat(history).as("something happened").hasSizeGreaterThan(5);
        Ledger ledger = new Ledger();
        history.forEach(ledger::enter);
    }

    private static Object command(Random random, ProductId product, List<Asking> orders) {
        Asking asking = orders.get(random.nextInt(orders.size()));
        OrderId order = asking.order();
        Instant deadline = asking.deadline();
        return switch (random.nextInt(20)) {
            case 0, 1 -> new AddStock(product, OWNER, 1 + random.nextInt(10));
            case 2, 3 -> new RemoveStock(product, OWNER, 1 + random.nextInt(10));
            case 4, 5, 6, 7 -> new ReleaseStock(product, order, deadline);
            case 8, 9, 10 -> new CommitStock(product, order);
            case 11 -> random.nextInt(8) == 0 ? new DelistProduct(product, OWNER) : new CommitStock(product, order);
            default -> new ReserveStock(product, order, new Quantity(1 + random.nextInt(8)), deadline);
        };
    }

    /** Axon configured like Kontor's, in memory and without a cache. */
    private static final class AxonSetup {
        private final MutableClock clock = new MutableClock(Scenario.NOON);
        private final EventStore log = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
        private final CommandGateway gateway =
                DefaultCommandGateway.builder().commandBus(bus).build();
        private final Clock timeOfEvents = GenericEventMessage.clock;

        AxonSetup() {
            GenericEventMessage.clock = clock;
            ParameterResolverFactory resources = MultiParameterResolverFactory.ordered(
                    new SimpleResourceParameterResolverFactory(List.of(clock)),
                    ClasspathParameterResolverFactory.forClass(Product.class));
            AggregateAnnotationCommandHandler.<Product>builder()
                    .aggregateType(Product.class)
                    .parameterResolverFactory(resources)
                    .repository(EventSourcingRepository.builder(Product.class)
                            .parameterResolverFactory(resources)
                            .eventStore(log)
                            .build())
                    .build()
                    .subscribe(bus);
        }

        void send(Object command) {
            try {
                gateway.sendAndWait(command);
            } catch (CommandExecutionException refused) {
                assertThat(refused.getDetails()).as("a refusal").containsInstanceOf(Refusal.class);
            }
        }

        List<ProductEvent> historyOf(ProductId product) {
            return log.readEvents(product.value())
                    .asStream()
                    .map(event -> (ProductEvent) event.getPayload())
                    .toList();
        }

        void close() {
            GenericEventMessage.clock = timeOfEvents;
        }
    }

    /** Sums up the movements, without reading the levels. */
    private static final class Ledger {
        private long received;
        private long removed;
        private long shipped;
        private final Map<OrderId, Long> held = new HashMap<>();
        private final Set<OrderId> done = new HashSet<>();

        void enter(ProductEvent event) {
            StockLevel stock = switch (event) {
                case ProductListed listed -> {
                    received += listed.stock().available();
                    yield listed.stock();
                }
                case StockAdded added -> {
                    received += added.units();
                    yield added.stock();
                }
                case StockRemoved taken -> {
                    removed += taken.units();
                    yield taken.stock();
                }
                case StockReserved reserved -> {
                    assertThat(held.put(reserved.orderId(), reserved.quantity().value()))
                            .as("reserved twice")
                            .isNull();
                    assertThat(done).as("finished orders").doesNotContain(reserved.orderId());
                    yield reserved.stock();
                }
                case StockReleased released -> {
                    assertThat(released.units()).isEqualTo(held.getOrDefault(released.orderId(), 0L));
                    held.remove(released.orderId());
                    done.add(released.orderId());
                    yield released.stock();
                }
                case StockCommitted committed -> {
                    assertThat(committed.units()).isEqualTo(held.remove(committed.orderId()));
                    shipped += committed.units();
                    done.add(committed.orderId());
                    yield committed.stock();
                }
                case StockReservationRefused refused -> {
                    done.add(refused.orderId());
                    yield refused.stock();
                }
                default -> null;
            };
            if (stock != null) {
                long reserved =
                        held.values().stream().mapToLong(Long::longValue).sum();
                assertThat(stock.reserved()).isEqualTo(reserved).isNotNegative();
                assertThat(stock.available())
                        .isEqualTo(received - removed - shipped - reserved)
                        .isNotNegative();
            }
        }
    }
}
