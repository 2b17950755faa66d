package dev.kontor.bench;

import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand.ListProduct;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.command.platform.Commands;
import dev.kontor.standalone.Kontor;
import dev.kontor.standalone.platform.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Measures the orders a second that one process confirms: customers who each place an order, wait until it is confirmed
 * and place the next. Over many products and on one; with views and without; beside the rate at which the same disk
 * syncs a file, because every confirmed order waits for the disk.
 */
final class OrderBench {

    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration RUN = Duration.ofSeconds(10);
    private static final Duration DISK_RUN = Duration.ofSeconds(3);
    private static final int SPREAD = 100;
    private static final List<String> VIEWS = List.of("catalog", "carts", "orders", "customers", "sessions");

    private OrderBench() {}

    /** Arguments: how many customers (64). */
    static void run(List<String> arguments) throws IOException {
        int customers = arguments.isEmpty() ? 64 : Integer.parseInt(arguments.getFirst());
        Path data = Files.createTempDirectory("kontor-bench");
        try (ConfigurableApplicationContext kontor = start(data)) {
            Commands commands = kontor.getBean(Commands.class);
            List<ProductId> spread =
                    IntStream.range(0, SPREAD).mapToObj(i -> list(commands)).toList();
            List<ProductId> one = List.of(list(commands));
            EventProcessingConfiguration processing = kontor.getBean(EventProcessingConfiguration.class);

            System.out.printf("%d processors, %d customers, %d s each%n%n", cores(), customers, RUN.toSeconds());
            run(kontor, spread, customers, WARM_UP);
            views(processing, EventProcessor::shutDown);
            double syncs = DiskRate.syncsPerSecond(data.resolve("sync-rate"), DISK_RUN);
            Result spreadAlone = run(kontor, spread, customers, RUN);
            Result oneAlone = run(kontor, one, customers, RUN);
            views(processing, EventProcessor::start);
            run(kontor, spread, customers, WARM_UP);
            Result spreadFed = run(kontor, spread, customers, RUN);
            Result oneFed = run(kontor, one, customers, RUN);

            System.out.printf("%-44s %12s %9s %9s %9s%n", "", "orders/s", "p50 ms", "p99 ms", "ratio");
            print("over %d products, views stopped".formatted(SPREAD), spreadAlone, spreadAlone);
            print("on one product, views stopped", oneAlone, spreadAlone);
            print("over %d products, views fed".formatted(SPREAD), spreadFed, spreadAlone);
            print("on one product, views fed", oneFed, spreadAlone);
            System.out.printf(
                    "%nfile syncs on this disk: %,.0f/s; %.1f orders for each%n",
                    syncs, spreadAlone.perSecond() / syncs);
        } finally {
            Folders.delete(data);
        }
    }

    static ConfigurableApplicationContext start(Path data) {
        return new SpringApplicationBuilder(Kontor.class)
                .run(
                        "--kontor.data=" + data,
                        "--server.port=0",
                        "--kontor.orders.most-open=1000000000",
                        "--kontor.orders.most-open-units=1000000000");
    }

    private static ProductId list(Commands commands) {
        ProductId productId = ProductId.mint();
        commands.send(new ListProduct(
                productId,
                CustomerId.mint(),
                new Description("Something", "", "Things"),
                new Money(1_000, "EUR"),
                1_000_000_000L));
        return productId;
    }

    private static void views(EventProcessingConfiguration processing, Consumer<EventProcessor> action) {
        VIEWS.forEach(view -> processing.eventProcessor(view).ifPresent(action));
    }

    private static Result run(
            ConfigurableApplicationContext kontor, List<ProductId> products, int customers, Duration time) {
        try (Confirmations confirmations = new Confirmations(kontor)) {
            return new Buyers(kontor, confirmations, products).buy(customers, time);
        }
    }

    private static void print(String what, Result result, Result base) {
        System.out.printf(
                "%-44s %,12.0f %9.1f %9.1f %9.2f%n",
                what,
                result.perSecond(),
                result.percentileMillis(50),
                result.percentileMillis(99),
                result.perSecond() / base.perSecond());
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}
