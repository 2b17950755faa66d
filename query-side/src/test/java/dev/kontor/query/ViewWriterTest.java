package dev.kontor.query;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.customer.CustomerId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewWriterTest {

    private final ViewStore store = TestSide.get().store();
    private final String id = CustomerId.mint().value();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsNewerIsWrittenAndWhatIsNotIsIgnored(boolean guardInFilter) {
        ViewWriter writer = writer(guardInFilter);

        batch(writer, at -> at.at(View.CARTS, id, 0).set("a", "first"));
        assertThat(document()).containsEntry("a", "first").containsEntry("version", 0L);

        batch(writer, at -> at.at(View.CARTS, id, 1).set("a", "second").set("b", "second"));
        assertThat(document()).containsEntry("a", "second").containsEntry("version", 1L);

        batch(writer, at -> at.at(View.CARTS, id, 0).set("a", "first"));
        batch(writer, at -> at.at(View.CARTS, id, 1).set("a", "other"));
        assertThat(document()).containsEntry("a", "second").containsEntry("version", 1L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBatchDeliveredAgainTogetherWithMoreGivesTheSameDocument(boolean guardInFilter) {
        ViewWriter writer = writer(guardInFilter);
        Consumer<ViewWriter> first = at -> at.at(View.CARTS, id, 0).set("items.a", 1L);
        Consumer<ViewWriter> second = at -> at.at(View.CARTS, id, 1).set("items.b", 2L);
        Consumer<ViewWriter> third = at -> at.at(View.CARTS, id, 2).unset("items.a");

        batch(writer, first, second);
        batch(writer, first, second, third);

        assertThat(document()).containsEntry("items", new Document("b", 2L)).containsEntry("version", 2L);
    }

    @AfterEach
    void forgetWhatIsNotInTheLog() {
        store.collection(View.CARTS).deleteOne(eq("_id", id));
    }

    private ViewWriter writer(boolean guardInFilter) {
        return new ViewWriter(
                store, new ViewSettings("kontor", 1, "", Duration.ZERO, guardInFilter), new Arrivals(), List.of());
    }

    private Document document() {
        return store.find(View.CARTS, id).orElseThrow();
    }

    @SafeVarargs
    private static void batch(ViewWriter writer, Consumer<ViewWriter>... events) {
        UnitOfWork<?> work = DefaultUnitOfWork.startAndGet(new GenericEventMessage<>("batch"));
        for (Consumer<ViewWriter> event : events) {
            event.accept(writer);
        }
        work.commit();
    }
}
