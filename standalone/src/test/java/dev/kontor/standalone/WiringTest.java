package dev.kontor.standalone;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import dev.kontor.api.catalog.Description;
import dev.kontor.api.catalog.Money;
import dev.kontor.api.catalog.ProductCommand.AddStock;
import dev.kontor.api.catalog.ProductCommand.ListProduct;
import dev.kontor.api.customer.Actor;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.command.catalog.Product;
import dev.kontor.command.order.PlaceOrderSaga;
import dev.kontor.command.platform.Commands;
import dev.kontor.command.platform.Snapshots;
import dev.kontor.query.platform.SlotTokenStore;
import dev.kontor.query.platform.View;
import dev.kontor.query.platform.ViewStore;
import dev.kontor.query.platform.Views;
import dev.kontor.side.platform.DeadLetters;
import dev.kontor.standalone.platform.EmbeddedViewStore;
import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedEventStore;
import dev.kontor.store.EmbeddedSagaStore;
import dev.kontor.store.EmbeddedTokenStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.serialization.Serializer;
import org.axonframework.tracing.NoOpSpanFactory;
import org.axonframework.tracing.SpanFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Axon's and Spring's defaults are in memory or missing: every essential part is Kontor's. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class WiringTest {

    @TempDir
    static Path data;

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry properties) {
        properties.add("kontor.data", data::toString);
    }

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Configuration axon;

    @Autowired
    private EventProcessingConfiguration processing;

    @Test
    void the_log_is_the_store() {
        assertThat(context.getBean(EventStorageEngine.class)).isInstanceOf(EmbeddedEventStorageEngine.class);
        assertThat(context.getBean(EventStore.class)).isInstanceOf(EmbeddedEventStore.class);
        assertThat(context.getBean(EventBus.class)).isSameAs(context.getBean(EventStore.class));
        assertThat(axon.eventStore()).isSameAs(context.getBean(EventStore.class));
        assertThat(axon.eventBus()).isSameAs(context.getBean(EventStore.class));
    }

    @Test
    void sagas_and_their_tokens_are_kept_in_the_store() {
        assertThat(context.getBeansOfType(SagaStore.class).values())
                .isNotEmpty()
                .hasOnlyElementsOfType(EmbeddedSagaStore.class);
        assertThat(context.getBeansOfType(TokenStore.class).values())
                .isNotEmpty()
                .hasOnlyElementsOfType(EmbeddedTokenStore.class);
        assertThat(processing.tokenStore("order-processing")).isInstanceOf(EmbeddedTokenStore.class);
        assertThat(processing.sagaProcessingGroup(PlaceOrderSaga.class)).isEqualTo("order-processing");
    }

    @Test
    void views_are_kept_in_this_process_their_tokens_with_them_and_there_is_no_client_of_a_database() {
        assertThat(context.getBean(ViewStore.class)).isInstanceOf(EmbeddedViewStore.class);
        for (View view : context.getBean(Views.class).stored()) {
            assertThat(processing.tokenStore(view.name())).isInstanceOf(SlotTokenStore.class);
        }
        assertThat(context.getBeansOfType(MongoClient.class)).isEmpty();
    }

    @Test
    void every_view_and_every_policy_has_dead_letters() {
        List<String> processors = Stream.concat(
                        context.getBean(Views.class).all().stream().map(View::name),
                        Stream.of("order-processing", "closed-accounts", "unshipped-orders"))
                .toList();
        for (String processor : processors) {
            assertThat(processing.deadLetterQueue(processor)).as(processor).isPresent();
            assertThat(processing.sequencedDeadLetterProcessor(processor))
                    .as(processor)
                    .isPresent();
        }
        assertThat(context.getBeansOfType(DeadLetters.class).values().stream()
                        .flatMap(letters -> letters.names().stream()))
                .containsAll(processors)
                .contains("place-order-saga");
    }

    @Test
    void everything_stored_or_sent_is_written_by_one_serializer() {
        assertThat(context.getBeansOfType(Serializer.class).values())
                .isNotEmpty()
                .hasOnlyElementsOfType(StoredJson.class);
        assertThat(axon.serializer()).isInstanceOf(StoredJson.class);
        assertThat(axon.eventSerializer()).isInstanceOf(StoredJson.class);
        assertThat(axon.messageSerializer()).isInstanceOf(StoredJson.class);
    }

    @Test
    void the_old_default_serializer_is_not_on_the_class_path() {
        assertThatThrownBy(() -> Class.forName("com.thoughtworks.xstream.XStream"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void a_unit_of_work_is_the_only_transaction() {
        assertThat(context.getBeansOfType(TransactionManager.class).values())
                .isNotEmpty()
                .hasOnlyElementsOfType(NoTransactionManager.class);
        assertThat(processing.transactionManager("order-processing")).isInstanceOf(NoTransactionManager.class);
        assertThat(processing.transactionManager("catalog")).isInstanceOf(NoTransactionManager.class);
    }

    /** A command sent by an event handler joins the unit of work of the event's batch: only this bus does that. */
    @Test
    void commands_and_queries_stay_in_the_process() {
        assertThat(context.getBean(CommandBus.class)).isExactlyInstanceOf(SimpleCommandBus.class);
        assertThat(context.getBean(QueryBus.class)).isExactlyInstanceOf(SimpleQueryBus.class);
    }

    /** Axon's own would make snapshots on the thread of the command that triggers one. */
    @Test
    void snapshots_are_made_by_kontors_trigger() {
        assertThat(context.getBeansOfType(Snapshotter.class).values()).hasOnlyElementsOfType(Snapshots.class);
        assertThat(axon.snapshotter()).isInstanceOf(Snapshots.class);
    }

    @Test
    void a_product_with_a_long_history_gets_a_snapshot() {
        ProductId product = ProductId.mint();
        CustomerId seller = CustomerId.mint();
        Commands commands = context.getBean(Commands.class);
        commands.send(new ListProduct(product, seller, new Description("Lamp", "", "light"), new Money(1, "EUR"), 0));
        for (int i = 0; i < 250; i++) {
            commands.<Long>send(new AddStock(product, new Actor(seller, Role.CUSTOMER), 1));
        }

        eventually(
                Duration.ofSeconds(30),
                "there is a snapshot",
                () -> snapshotOf(product)
                        .filter(snapshot -> snapshot.getPayload() instanceof Product)
                        .isPresent());
    }

    private Optional<DomainEventMessage<?>> snapshotOf(ProductId product) {
        return context.getBean(EventStorageEngine.class).readSnapshot(product.value());
    }

    private record Foreign(String field) {}

    @Test
    void a_snapshot_that_this_version_would_not_write_counts_as_none() {
        ProductId product = ProductId.mint();
        context.getBean(EventStorageEngine.class)
                .storeSnapshot(new GenericDomainEventMessage<>("Product", product.value(), 7, new Foreign("a")));

        assertThat(snapshotOf(product)).isEmpty();
    }

    @Test
    void tracing_is_off_by_default() {
        assertThat(context.getBeansOfType(SpanFactory.class).values())
                .isNotEmpty()
                .hasOnlyElementsOfType(NoOpSpanFactory.class);
    }

    @Test
    void one_processor_sends_commands_and_one_feeds_each_view() {
        assertThat(processing.eventProcessors())
                .containsOnlyKeys(
                        "order-processing",
                        "unshipped-orders",
                        "closed-accounts",
                        "revocations",
                        "catalog",
                        "carts",
                        "orders",
                        "customers",
                        "product-search",
                        "sessions");
        assertThat(processing.eventProcessors().values())
                .hasOnlyElementsOfType(PooledStreamingEventProcessor.class)
                .allMatch(EventProcessor::isRunning);
        PooledStreamingEventProcessor orders = processing
                .eventProcessor("order-processing", PooledStreamingEventProcessor.class)
                .orElseThrow();
        assertThat(orders.maxCapacity()).isPositive();
        assertThat(context.getBean(TokenStore.class).fetchSegments("order-processing"))
                .hasSize(1);
    }

    @Test
    void readiness_depends_on_the_views_the_store_and_the_revocations() {
        assertThat(List.of("views", "eventStore", "revocations"))
                .allMatch(context.getBean(HealthEndpointGroups.class).get("readiness")::isMember);
    }
}
