package dev.kontor.query.operations;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.set;
import static dev.kontor.query.Given.euros;
import static dev.kontor.query.Given.line;
import static dev.kontor.query.Given.listed;
import static dev.kontor.query.Given.placed;
import static dev.kontor.query.TestQuerySide.problemOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.operations.ListViewsRequest;
import dev.kontor.proto.operations.Rebuild;
import dev.kontor.proto.operations.RebuildViewRequest;
import dev.kontor.proto.operations.View;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.proto.operations.ViewOperationsGrpc.ViewOperationsBlockingStub;
import dev.kontor.query.TestQuerySide;
import dev.kontor.query.cart.CartDocument;
import dev.kontor.query.catalog.ProductDocument;
import dev.kontor.query.customer.CustomerDocument;
import dev.kontor.query.order.OrderDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class ViewsTest {

    private final TestQuerySide side = TestQuerySide.get();
    private final ViewOperationsBlockingStub operations = ViewOperationsGrpc.newBlockingStub(side.asAdmin());
    private final ProductId product = ProductId.mint();
    private final CustomerId seller = CustomerId.mint();

    @Test
    void every_view_is_listed_with_its_place_in_the_log() {
        side.happened(listed(product, seller, "Lamp", 100));

        List<View> views =
                operations.listViews(ListViewsRequest.getDefaultInstance()).getViewsList();

        assertThat(views)
                .extracting(View::getName)
                .containsExactly("carts", "catalog", "customers", "orders", "product-search", "sessions");
        assertThat(views).allSatisfy(view -> {
            assertThat(view.getPosition()).isEqualTo(view.getHead()).isPositive();
            assertThat(view.getLag()).isZero();
            assertThat(view.getRebuild().getState()).isEqualTo(Rebuild.State.DONE);
        });
    }

    @Test
    void a_redelivered_event_changes_nothing_and_a_rebuild_does_away_with_poison() {
        side.happened(
                listed(product, seller, "Lamp", 100),
                new ProductRepriced(product, euros(200)),
                new StockAdded(product, 1, new StockLevel(11, 0)));
        Map<String, Document> before = documents("catalog");
        side.collection("catalog").updateOne(eq("_id", product.value()), set("title", "poison"));
        side.collection("catalog").insertOne(new Document("_id", "poison").append("version", 99L));

        redeliver(ProductDocument.VIEW);
        assertThat(documents("catalog").get(product.value())).containsEntry("title", "poison");

        rebuild("catalog");
        assertThat(documents("catalog")).isEqualTo(before);
    }

    @Test
    void a_rebuild_of_the_orders_gives_the_same_orders() {
        side.happened(placed(OrderId.mint(), CustomerId.mint(), line(product, seller, 1, 100)));
        Map<String, Document> orders = documents("orders");
        side.collection("orders").insertOne(new Document("_id", "poison").append("version", 99L));

        redeliver(OrderDocument.VIEW);
        rebuild("orders");

        assertThat(documents("orders")).isEqualTo(orders);
    }

    @Test
    void a_rebuild_answers_at_once_and_counts_generations() {
        side.happened(listed(product, seller, "Lamp", 100));
        long generation = view("carts").getGeneration();

        View begun = operations.rebuildView(
                RebuildViewRequest.newBuilder().setName("carts").build());
        assertThat(begun.getRebuild().getState()).isEqualTo(Rebuild.State.RUNNING);
        assertThat(begun.getGeneration()).isEqualTo(generation + 1);

        View done = awaitDone("carts");
        assertThat(done.getRebuild().getDone())
                .isEqualTo(done.getRebuild().getTotal())
                .isEqualTo(done.getHead());
    }

    @Test
    void a_second_rebuild_while_one_runs_is_refused() {
        ViewBuild running = side.bean(LocalRebuilds.class).next(CustomerDocument.VIEW);

        assertThat(problemOf(() -> operations.rebuildView(
                        RebuildViewRequest.newBuilder().setName("customers").build())))
                .isEqualTo(Problem.REBUILD_RUNNING);
        running.failed();
        rebuild("customers");
    }

    @Test
    void what_is_no_view_is_not_found_and_only_admins_rebuild() {
        RebuildViewRequest unknown =
                RebuildViewRequest.newBuilder().setName("nothing").build();

        assertThat(problemOf(() -> operations.rebuildView(unknown))).isEqualTo(Problem.VIEW_NOT_FOUND);
        assertThat(problemOf(() -> ViewOperationsGrpc.newBlockingStub(side.as(seller))
                        .listViews(ListViewsRequest.getDefaultInstance())))
                .isEqualTo(Problem.FORBIDDEN);
    }

    @Test
    void documents_that_cannot_be_written_are_tried_again_and_nothing_is_skipped() {
        CustomerId customer = CustomerId.mint();
        CustomerId next = CustomerId.mint();
        side.write(new CartItemPut(customer, product, new Quantity(1)));
        side.settle();
        side.collection("carts").updateOne(eq("_id", customer.value()), set("items", "obstacle"));

        side.write(
                new CartItemPut(customer, product, new Quantity(3)), new CartItemPut(next, product, new Quantity(2)));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> processor(CartDocument.VIEW).processingStatus().isEmpty());
        assertThat(view("carts").getLag()).isPositive();

        side.collection("carts").updateOne(eq("_id", customer.value()), set("items", new Document()));
        side.settle();

        assertThat(side.document("carts", customer.value())).containsEntry("items", new Document(product.value(), 3L));
        assertThat(side.document("carts", next.value())).containsEntry("items", new Document(product.value(), 2L));
    }

    @Test
    void the_start_is_over_when_every_view_has_read_what_was_there() {
        ViewProgress progress = side.bean(ViewProgress.class);
        side.settle();

        assertThat(progress.caughtUp()).isTrue();
        assertThat(progress.line()).isEqualTo("views are up to date");
    }

    private PooledStreamingEventProcessor processor(dev.kontor.query.platform.View view) {
        return side.bean(Processors.class).of(view);
    }

    /** Delivers the whole log to the view again, over the documents that are there. */
    private void redeliver(dev.kontor.query.platform.View view) {
        PooledStreamingEventProcessor processor = processor(view);
        processor.shutDown();
        processor.resetTokens();
        side.bean(Processors.class).forgetPosition(view);
        processor.start();
        side.settle();
    }

    private void rebuild(String name) {
        operations.rebuildView(RebuildViewRequest.newBuilder().setName(name).build());
        awaitDone(name);
    }

    private View awaitDone(String name) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> view(name).getRebuild().getState() == Rebuild.State.DONE);
        return view(name);
    }

    private View view(String name) {
        return operations.listViews(ListViewsRequest.getDefaultInstance()).getViewsList().stream()
                .filter(view -> view.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Document> documents(String collection) {
        Map<String, Document> documents = new TreeMap<>();
        side.collection(collection).find().forEach(document -> documents.put(document.getString("_id"), document));
        return documents;
    }
}
