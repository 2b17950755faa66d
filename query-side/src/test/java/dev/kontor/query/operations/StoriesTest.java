package dev.kontor.query.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderEvent.OrderDelivered;
import dev.kontor.api.order.OrderEvent.OrderShipped;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.operations.EventLogGrpc;
import dev.kontor.proto.operations.GetStoryRequest;
import dev.kontor.proto.operations.Story;
import dev.kontor.proto.operations.StoryStep;
import dev.kontor.query.TestQuerySide;
import io.grpc.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoriesTest {

    /** The time index expects events roughly in the order of their times: each test has a later day. */
    private static final AtomicLong DAYS = new AtomicLong();

    private static TestQuerySide side;

    private final CustomerId customer = CustomerId.mint();
    private final OrderId order = OrderId.mint();
    private final Instant day = Instant.parse("2026-03-02T00:00:00Z").plus(Duration.ofDays(DAYS.incrementAndGet()));

    @BeforeAll
    static void start() {
        side = TestQuerySide.apart("stories");
    }

    private EventMessage<?> event(Object id, long sequence, Object payload, String request, long millis) {
        return new GenericDomainEventMessage<>(
                "Test",
                id.toString(),
                sequence,
                payload,
                request.isEmpty() ? MetaData.emptyInstance() : MetaData.from(Map.of("requestId", request)),
                id + "#" + sequence,
                day.plusMillis(millis));
    }

    private EventMessage<?> other(String request, long millis) {
        ProductId product = ProductId.mint();
        return event(product, 0, new ProductDelisted(product), request, millis);
    }

    private static void append(EventMessage<?>... events) {
        side.bean(EventStore.class).publish(List.of(events));
    }

    private static Story story(Channel as, Object subject) {
        return EventLogGrpc.newBlockingStub(as)
                .getStory(GetStoryRequest.newBuilder()
                        .setSubject(subject.toString())
                        .build());
    }

    private static List<String> told(Story story) {
        return story.getStepsList().stream()
                .map(step -> "%s %s +%d"
                        .formatted(step.getEvent().getType(), step.getEvent().getRequestId(), step.getAfterMicros()))
                .toList();
    }

    @Test
    void it_has_the_events_of_the_aggregate_and_the_others_of_their_requests_in_the_order_of_time() {
        append(
                other("ship-" + order, 0),
                other("another", 1),
                event(order, 0, new OrderShipped(order, customer, List.of()), "ship-" + order, 2),
                other("ship-" + order, 5),
                event(order, 1, new OrderDelivered(order, customer), "", 3_600_000));

        Story story = story(side.asAdmin(), order);

        assertThat(told(story))
                .containsExactly(
                        "catalog.ProductDelisted ship-%s +0".formatted(order),
                        "order.OrderShipped ship-%s +2000".formatted(order),
                        "catalog.ProductDelisted ship-%s +5000".formatted(order),
                        "order.OrderDelivered  +0");
        assertThat(story.getComplete()).isTrue();
        assertThat(story.getStepsList()).extracting(StoryStep::getKind).containsOnly(StoryStep.Kind.CHANGE);
    }

    @Test
    void a_request_has_a_story_too() {
        append(other("alone-" + order, 0), other("another", 1), other("alone-" + order, 2));

        assertThat(told(story(side.asAdmin(), "alone-" + order)))
                .containsExactly(
                        "catalog.ProductDelisted alone-%s +0".formatted(order),
                        "catalog.ProductDelisted alone-%s +2000".formatted(order));
    }

    @Test
    void a_long_story_is_bounded_and_says_so() {
        append(IntStream.range(0, Stories.MOST_OWN + 1)
                .mapToObj(i -> event(order, i, new OrderDelivered(order, customer), "", i))
                .toArray(EventMessage<?>[]::new));

        Story story = story(side.asAdmin(), order);

        assertThat(story.getStepsCount()).isEqualTo(Stories.MOST_OWN);
        assertThat(story.getSteps(Stories.MOST_OWN - 1).getEvent().getSequence())
                .isEqualTo(Stories.MOST_OWN);
        assertThat(story.getComplete()).isFalse();
    }

    @Test
    void a_request_that_is_far_from_its_end_is_looked_for_in_a_bounded_part_of_the_log() {
        append(Stream.concat(
                        Stream.of(event(order, 0, new OrderShipped(order, customer, List.of()), "far-" + order, 0)),
                        Stream.concat(
                                IntStream.range(0, Stories.MOST_NEAR).mapToObj(i -> other("another", 1)),
                                Stream.of(other("far-" + order, 2))))
                .toArray(EventMessage<?>[]::new));

        Story story = story(side.asAdmin(), order);

        assertThat(told(story)).containsExactly("order.OrderShipped far-%s +0".formatted(order));
        assertThat(story.getComplete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "", "0197a3c2-0000-7000-8000-000000000001"})
    void nothing_has_no_story(String subject) {
        assertThat(TestQuerySide.problemOf(() -> story(side.asAdmin(), subject)))
                .isEqualTo(Problem.NOT_FOUND);
    }

    @Test
    void only_admins_are_told() {
        assertThat(TestQuerySide.problemOf(() -> story(side.as(customer), order)))
                .isEqualTo(Problem.FORBIDDEN);
    }
}
