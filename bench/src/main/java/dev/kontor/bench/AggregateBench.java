package dev.kontor.bench;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand.AddStock;
import dev.kontor.api.catalog.ProductCommand.QuoteProduct;
import dev.kontor.api.catalog.ProductEvent.ProductListed;
import dev.kontor.api.catalog.ProductEvent.StockCommitted;
import dev.kontor.api.catalog.ProductEvent.StockReserved;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.Commands;
import dev.kontor.standalone.platform.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.axonframework.common.caching.Cache;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Measures a product's next command by the length of its history: with 10 reservations, with 100,000 shipped ones, with
 * 100,000 open ones. Cached; read from the log with its snapshot; as the first command of a new process; and read from
 * all its events, before there is a snapshot.
 */
final class AggregateBench {

    private static final int FEW = 10;
    private static final int MANY = 100_000;
    private static final int CHUNK = 1_000;
    private static final long STOCK = 1_000_000_000L;
    private static final int CACHED_RUNS = 1_000;
    private static final int COLD_RUNS = 20;
    private static final Actor SHOP = new Actor(CustomerId.mint(), Role.ADMIN);
    private static final Money PRICE = new Money(1_000, "EUR");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Commands commands;
    private final Cache cache;
    private final EventStorageEngine log;

    private AggregateBench(ConfigurableApplicationContext kontor) {
        this.commands = kontor.getBean(Commands.class);
        this.cache = kontor.getBean(Cache.class);
        this.log = kontor.getBean(EventStorageEngine.class);
        // Only the measured commands may use the processors and the disk.
        kontor.getBean(EventProcessingConfiguration.class)
                .eventProcessors()
                .values()
                .forEach(EventProcessor::shutDown);
    }

    /** Takes no arguments. */
    static void run(List<String> arguments) throws IOException {
        Path data = Files.createTempDirectory("kontor-bench");
        try {
            List<ProductId> products;
            try (ConfigurableApplicationContext kontor = OrderBench.start(data)) {
                products = new AggregateBench(kontor).measure();
            }
            try (ConfigurableApplicationContext kontor = OrderBench.start(data)) {
                new AggregateBench(kontor).measureFirst(products);
            }
        } finally {
            Folders.delete(data);
        }
    }

    private List<ProductId> measure() {
        System.out.printf("median ms of one command; in brackets against the product with %d reservations%n%n", FEW);
        System.out.printf(
                "%-48s %14s %22s %22s%n",
                "", FEW + " shipped", "%,d shipped".formatted(MANY), "%,d open".formatted(MANY));
        List<ProductId> products = List.of(product(FEW, true), product(MANY, true), product(MANY, false));
        print("first, from all events, one unit more", once(products));
        products.stream().skip(1).forEach(this::awaitSnapshot);

        alternate(products, COLD_RUNS, cache::removeAll, this::quote);
        print("from the log, one unit more (durable)", alternate(products, COLD_RUNS, cache::removeAll, this::addOne));
        print("from the log, quote (writes nothing)", alternate(products, COLD_RUNS, cache::removeAll, this::quote));
        alternate(products, CACHED_RUNS, () -> {}, this::addOne);
        print("cached, one unit more (durable)", alternate(products, CACHED_RUNS, () -> {}, this::addOne));
        print("cached, quote (writes nothing)", alternate(products, CACHED_RUNS, () -> {}, this::quote));
        print("from the log after all these, quote", alternate(products, COLD_RUNS, cache::removeAll, this::quote));
        return products;
    }

    private void measureFirst(List<ProductId> products) {
        // Warms up the code on a product that is not measured.
        alternate(List.of(product(FEW, true)), COLD_RUNS, cache::removeAll, this::addOne);
        print("new process, first command, one unit more", once(products));
    }

    private List<Double> once(List<ProductId> products) {
        return products.stream().map(product -> time(() -> addOne(product))).toList();
    }

    /** A product with so many reservations, all shipped or all open, written into the log directly. */
    private ProductId product(int reservations, boolean shipped) {
        ProductId id = ProductId.mint();
        CustomerId seller = CustomerId.mint();
        Instant deadline =
                shipped ? Instant.now().minusSeconds(60) : Instant.now().plusSeconds(3_600);
        List<DomainEventMessage<?>> chunk = new ArrayList<>();
        Consumer<Object> happened = new Consumer<>() {
            private long sequence;

            @Override
            public void accept(Object event) {
                chunk.add(new GenericDomainEventMessage<>("Product", id.value(), sequence++, event));
                if (chunk.size() == CHUNK) {
                    log.appendEvents(List.copyOf(chunk));
                    chunk.clear();
                }
            }
        };
        happened.accept(new ProductListed(
                id, seller, new Description("Something", "", "Things"), PRICE, new StockLevel(STOCK, 0)));
        StockLevel stock = new StockLevel(STOCK, 0);
        for (int i = 0; i < reservations; i++) {
            OrderId order = OrderId.mint();
            stock = stock.reserve(1);
            happened.accept(new StockReserved(id, order, new Quantity(1), seller, "Something", PRICE, deadline, stock));
            if (shipped) {
                stock = stock.commit(1);
                happened.accept(new StockCommitted(id, order, 1, stock));
            }
        }
        if (!chunk.isEmpty()) {
            log.appendEvents(chunk);
        }
        return id;
    }

    /** A command that makes one event, and leaves as much open as there was. */
    private void addOne(ProductId product) {
        commands.<Long>send(new AddStock(product, SHOP, 1));
    }

    private void quote(ProductId product) {
        commands.send(new QuoteProduct(product));
    }

    private void awaitSnapshot(ProductId product) {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        Optional<DomainEventMessage<?>> snapshot = log.readSnapshot(product.value());
        while (snapshot.isEmpty()) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("No snapshot was made of " + product);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            snapshot = log.readSnapshot(product.value());
        }
    }

    private static double time(Runnable command) {
        long begin = System.nanoTime();
        command.run();
        return (System.nanoTime() - begin) / 1e6;
    }

    /** The median of each; they alternate, so that other load on the machine affects all of them. */
    private static List<Double> alternate(
            List<ProductId> products, int runs, Runnable before, Consumer<ProductId> command) {
        List<double[]> times =
                products.stream().map(product -> new double[runs]).toList();
        for (int run = 0; run < runs; run++) {
            for (int i = 0; i < products.size(); i++) {
                ProductId product = products.get(i);
                before.run();
                times.get(i)[run] = time(() -> command.accept(product));
            }
        }
        return times.stream().map(AggregateBench::median).toList();
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(String what, List<Double> millis) {
        System.out.printf(
                "%-48s %14.3f %14.3f (%5.2f) %14.3f (%5.2f)%n",
                what,
                millis.get(0),
                millis.get(1),
                millis.get(1) / millis.get(0),
                millis.get(2),
                millis.get(2) / millis.get(0));
    }
}
