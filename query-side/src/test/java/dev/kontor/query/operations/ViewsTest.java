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

import com.mongodb.client.MongoCollection;
import dev.kontor.api.cart.CartEvent.CartItemPut;
import dev.kontor.api.catalog.ProductEvent.ProductRepriced;
import dev.kontor.api.catalog.ProductEvent.StockAdded;
import dev.kontor.api.catalog.Quantity;
import dev.kontor.api.catalog.StockLevel;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.operations.ChangeViewRequest;
import dev.kontor.proto.operations.DropGenerationRequest;
import dev.kontor.proto.operations.GenerationComparison;
import dev.kontor.proto.operations.ListViewsRequest;
import dev.kontor.proto.operations.OtherGeneration.State;
import dev.kontor.proto.operations.Rebuild;
import dev.kontor.proto.operations.RebuildViewRequest;
import dev.kontor.proto.operations.View;
import dev.kontor.proto.operations.ViewOperationsGrpc;
import dev.kontor.proto.operations.ViewOperationsGrpc.ViewOperationsBlockingStub;
import dev.kontor.query.TestQuerySide;
import dev.kontor.query.cart.CartDocument;
import dev.kontor.query.catalog.ProductDocument;
import dev.kontor.query.order.OrderDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
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
            assertThat(view.getRebuild().getState()).isIn(Rebuild.State.DONE, Rebuild.State.CANCELLED);
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
        drop("carts");
        long generation = view("carts").getGeneration();

        View begun = operations.rebuildView(
                RebuildViewRequest.newBuilder().setName("carts").build());
        assertThat(begun.getRebuild().getState()).isEqualTo(Rebuild.State.RUNNING);
        assertThat(begun.getRebuild().getGeneration()).isGreaterThan(generation);

        View done = awaitDone("carts");
        assertThat(done.getGeneration()).isEqualTo(begun.getRebuild().getGeneration());
        assertThat(done.getOther().getGeneration()).isEqualTo(generation);
        assertThat(done.getOther().getState()).isEqualTo(State.PREVIOUS);
    }

    @Test
    void readers_see_the_generation_before_until_they_are_switched_and_can_be_switched_back() {
        side.happened(listed(product, seller, "Lamp", 100));
        side.collection("catalog").updateOne(eq("_id", product.value()), set("titleKey", "poison"));
        MongoCollection<Document> before = side.collection("catalog");

        long built = build("catalog");

        assertThat(title()).isEqualTo("poison");
        GenerationComparison found = view("catalog").getOther().getComparison();
        assertThat(found.getDifferent()).isEqualTo(1);
        assertThat(found.getExamplesList()).containsExactly(product.value());
        assertThat(found.getLiveDigest()).isNotEqualTo(found.getOtherDigest());
        assertThat(found.getOnlyLive() + found.getOnlyOther() + found.getUnsettled())
                .isZero();

        switchTo("catalog", built);
        assertThat(title()).isEqualTo("lamp");
        // What readers saw before goes on, so that they can be switched back.
        side.happened(new ProductRepriced(product, euros(222)));
        await().until(() -> before.find(eq("_id", product.value())).first().getLong("version") == 1);
        long previous = view("catalog").getOther().getGeneration();
        switchTo("catalog", previous);
        assertThat(title()).isEqualTo("poison");
        assertThat(view("catalog").getGeneration()).isEqualTo(previous);

        switchTo("catalog", built);
        switchTo("catalog", built);
        assertThat(title()).isEqualTo("lamp");
        assertThat(problemOf(() -> switchTo("catalog", built + 7))).isEqualTo(Problem.REBUILD_STATE);
        drop("catalog");
        assertThat(view("catalog").hasOther()).isFalse();
        assertThat(before.countDocuments()).isZero();
        assertThat(problemOf(() -> switchTo("catalog", previous))).isEqualTo(Problem.REBUILD_STATE);
    }

    @Test
    void a_generation_of_the_same_documents_has_the_same_digest() {
        side.happened(placed(OrderId.mint(), CustomerId.mint(), line(product, seller, 1, 100)));

        build("orders");

        GenerationComparison found = view("orders").getOther().getComparison();
        assertThat(found.getLive()).isEqualTo(found.getOther()).isPositive();
        assertThat(found.getLiveDigest()).isEqualTo(found.getOtherDigest());
        drop("orders");
        assertThat(view("orders").getRebuild().getState()).isEqualTo(Rebuild.State.CANCELLED);
    }

    @Test
    void a_rebuild_stands_still_until_it_is_resumed_and_a_second_one_is_refused() {
        CustomerId customer = CustomerId.mint();
        for (int n = 0; n < 2_000; n++) {
            side.write(new CartItemPut(customer, product, new Quantity(n % 9 + 1)));
        }
        side.settle();
        drop("carts");
        // At this share the build takes seconds.
        View begun = operations.rebuildView(RebuildViewRequest.newBuilder()
                .setName("carts")
                .setShare(1)
                .setAsks(true)
                .build());
        View paused = change("carts", change -> change.setPaused(true));

        assertThat(paused.getRebuild().getState()).isEqualTo(Rebuild.State.PAUSED);
        assertThat(problemOf(() -> operations.rebuildView(
                        RebuildViewRequest.newBuilder().setName("carts").build())))
                .isEqualTo(Problem.REBUILD_RUNNING);
        assertThat(problemOf(() -> switchTo("carts", begun.getRebuild().getGeneration())))
                .isEqualTo(Problem.REBUILD_STATE);
        assertThat(problemOf(() -> change(
                        "carts",
                        change -> change.setPaused(false)
                                .setLive(begun.getRebuild().getGeneration()))))
                .isEqualTo(Problem.INVALID_REQUEST);
        assertThat(view("carts").getRebuild().getState()).as("nothing is done").isEqualTo(Rebuild.State.PAUSED);

        change("carts", change -> change.setPaused(false));
        awaitState("carts", Rebuild.State.READY);
        drop("carts");
    }

    @Test
    void a_share_of_a_processor_is_from_1_to_100_percent() {
        for (int share : List.of(-1, 101)) {
            assertThat(problemOf(() -> operations.rebuildView(RebuildViewRequest.newBuilder()
                            .setName("customers")
                            .setShare(share)
                            .build())))
                    .isEqualTo(Problem.INVALID_REQUEST);
        }
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
        return awaitState(name, Rebuild.State.DONE);
    }

    private View awaitState(String name, Rebuild.State state) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> view(name).getRebuild().getState() == state);
        return view(name);
    }

    /** Builds a generation that readers are not switched to. */
    private long build(String name) {
        operations.rebuildView(
                RebuildViewRequest.newBuilder().setName(name).setAsks(true).build());
        return awaitState(name, Rebuild.State.READY).getOther().getGeneration();
    }

    private View change(String name, UnaryOperator<ChangeViewRequest.Builder> change) {
        return operations.changeView(
                change.apply(ChangeViewRequest.newBuilder().setName(name)).build());
    }

    private void switchTo(String name, long generation) {
        change(name, change -> change.setLive(generation));
    }

    private void drop(String name) {
        operations.dropGeneration(DropGenerationRequest.newBuilder()
                .setName(name)
                .setGeneration(view(name).getOther().getGeneration())
                .build());
    }

    private String title() {
        return side.document("catalog", product.value()).getString("titleKey");
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
