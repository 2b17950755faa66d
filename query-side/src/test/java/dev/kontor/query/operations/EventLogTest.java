package dev.kontor.query.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kontor.api.catalog.ProductEvent.ProductDelisted;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Role;
import dev.kontor.api.identity.AdminsEvent.AdminAppointed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.ids.ProductId;
import dev.kontor.api.order.OrderEvent.OrderDelivered;
import dev.kontor.api.order.OrderEvent.OrderShipped;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.operations.EventFilter;
import dev.kontor.proto.operations.EventLogGrpc;
import dev.kontor.proto.operations.FollowEventsRequest;
import dev.kontor.proto.operations.FollowEventsResponse;
import dev.kontor.proto.operations.ListEventsRequest;
import dev.kontor.proto.operations.ListEventsResponse;
import dev.kontor.proto.operations.LoggedEvent;
import dev.kontor.query.StreamReader;
import dev.kontor.query.TestQuerySide;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLogTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    /** The time index expects events roughly in the order of their times: each test has a later day. */
    private static final AtomicLong DAYS = new AtomicLong();

    private static final String ADMIN_SESSION = "0197a3c2-0000-7000-8000-000000000002";

    private static TestQuerySide side;

    private final CustomerId customer = CustomerId.mint();
    private final OrderId order = OrderId.mint();
    private final Instant day = Instant.parse("2026-03-02T00:00:00Z").plus(Duration.ofDays(DAYS.incrementAndGet()));
    private final List<StreamReader<FollowEventsRequest, FollowEventsResponse>> opened = new ArrayList<>();

    @BeforeAll
    static void start() {
        side = TestQuerySide.apart("events");
    }

    @AfterEach
    void close() {
        opened.forEach(StreamReader::cancel);
        await().atMost(LONG).until(() -> side.bean(EventTails.class).open() == 0);
    }

    private static GenericDomainEventMessage<?> event(
            Object id, long sequence, Object payload, String request, Instant at) {
        return new GenericDomainEventMessage<>(
                "Test",
                id.toString(),
                sequence,
                payload,
                MetaData.from(Map.of("requestId", request, "actor", "someone")),
                id + "#" + sequence,
                at);
    }

    private static void append(EventMessage<?>... events) {
        side.bean(EventStore.class).publish(List.of(events));
    }

    private void orderIsShippedAndDelivered() {
        append(
                event(order, 0, new OrderShipped(order, customer, List.of()), "ship-" + order, day),
                event(order, 1, new OrderDelivered(order, customer), "deliver-" + order, day.plusSeconds(3_600)));
    }

    private static ListEventsResponse list(EventFilter.Builder filter, boolean oldestFirst, int size, String token) {
        return EventLogGrpc.newBlockingStub(side.asAdmin())
                .listEvents(ListEventsRequest.newBuilder()
                        .setFilter(filter)
                        .setOldestFirst(oldestFirst)
                        .setPage(PageRequest.newBuilder().setSize(size).setToken(token))
                        .build());
    }

    /** All pages, one after the other. */
    private static List<LoggedEvent> all(EventFilter.Builder filter, boolean oldestFirst, int size) {
        List<LoggedEvent> found = new ArrayList<>();
        String token = "";
        do {
            ListEventsResponse page = list(filter, oldestFirst, size, token);
            assertThat(page.getEventsCount()).isLessThanOrEqualTo(size);
            found.addAll(page.getEventsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return found;
    }

    private static List<String> types(List<LoggedEvent> events) {
        return events.stream().map(LoggedEvent::getType).toList();
    }

    private EventFilter.Builder ofOrder() {
        return EventFilter.newBuilder().setAggregateId(order.value());
    }

    @Test
    void the_events_of_an_aggregate_are_listed_in_both_orders_and_in_pages() {
        orderIsShippedAndDelivered();

        assertThat(types(all(ofOrder(), false, 20))).containsExactly("order.OrderDelivered", "order.OrderShipped");
        assertThat(types(all(ofOrder(), true, 1))).containsExactly("order.OrderShipped", "order.OrderDelivered");
        assertThat(list(ofOrder(), true, 2, "").getNextPageToken()).isEmpty();
        assertThat(all(ofOrder(), true, 20).getFirst().getSequence()).isZero();
        assertThat(all(EventFilter.newBuilder().setAggregateId("nothing"), false, 20))
                .isEmpty();
    }

    @Test
    void events_are_found_by_request_type_and_time() {
        orderIsShippedAndDelivered();

        EventFilter.Builder byRequest = EventFilter.newBuilder().setRequestId("deliver-" + order);
        assertThat(types(all(byRequest, false, 20))).containsExactly("order.OrderDelivered");
        LoggedEvent delivered = all(byRequest, true, 20).getFirst();
        assertThat(delivered.getActor()).isEqualTo("someone");
        assertThat(delivered.hasPosition()).isTrue();

        assertThat(types(all(ofOrder().setType("order.OrderShipped"), false, 20)))
                .containsExactly("order.OrderShipped");
        assertThat(types(all(ofOrder().setFromMicros(micros(day.plusSeconds(1))), false, 20)))
                .containsExactly("order.OrderDelivered");
        assertThat(types(all(ofOrder().setUntilMicros(micros(day.plusSeconds(3_600))), false, 20)))
                .containsExactly("order.OrderShipped");
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000;
    }

    @Test
    void the_log_is_read_by_time_and_by_position() {
        orderIsShippedAndDelivered();
        EventFilter.Builder theDay =
                EventFilter.newBuilder().setFromMicros(micros(day)).setUntilMicros(micros(day.plusSeconds(60)));

        List<LoggedEvent> found = all(theDay, true, 3);
        assertThat(found).extracting(LoggedEvent::getAggregateId).contains(order.value());
        assertThat(types(found)).containsOnly("order.OrderShipped");
        assertThat(all(theDay, false, 3)).isEqualTo(found.reversed());

        LoggedEvent shipped = found.stream()
                .filter(event -> event.getAggregateId().equals(order.value()))
                .findFirst()
                .orElseThrow();
        EventFilter.Builder two = EventFilter.newBuilder()
                .setFromPosition(shipped.getPosition())
                .setUntilPosition(shipped.getPosition() + 2);
        assertThat(types(all(two, true, 20))).containsExactly("order.OrderShipped", "order.OrderDelivered");
        assertThat(types(all(two, false, 1))).containsExactly("order.OrderDelivered", "order.OrderShipped");
    }

    @Test
    void both_orders_have_the_same_events() {
        List<LoggedEvent> oldest = all(EventFilter.newBuilder(), true, 100);

        assertThat(oldest).extracting(LoggedEvent::getPosition).isSorted().doesNotHaveDuplicates();
        List<LoggedEvent> newest = new ArrayList<>(all(EventFilter.newBuilder(), false, 70));
        Collections.reverse(newest);
        assertThat(newest).isEqualTo(oldest);
    }

    @Test
    void personal_data_is_masked() {
        side.write(new CustomerRegistered(
                customer,
                side.personalData().seal(customer, Field.EMAIL, "anna@example.com"),
                side.personalData().seal(customer, Field.NAME, "Anna"),
                Role.CUSTOMER));

        LoggedEvent shown = all(EventFilter.newBuilder().setAggregateId(customer.value()), false, 20)
                .getFirst();

        assertThat(shown.getMasked()).isTrue();
        assertThat(shown.getPayload()).contains("\"email\":\"***\"", "\"name\":\"***\"");
    }

    @Test
    void a_rare_event_is_found_by_more_than_one_call() {
        orderIsShippedAndDelivered();
        ProductId product = ProductId.mint();
        for (int begin = 0; begin < EventSearch.MOST_SCANNED + 500; begin += 500) {
            int first = begin;
            append(IntStream.range(0, 500)
                    .mapToObj(i -> event(product, first + i, new ProductDelisted(product), "none", day))
                    .toArray(EventMessage<?>[]::new));
        }
        EventFilter.Builder rare = EventFilter.newBuilder().setRequestId("ship-" + order);

        ListEventsResponse first = list(rare, false, 20, "");

        assertThat(first.getEventsCount()).isZero();
        assertThat(first.getNextPageToken()).isNotEmpty();
        assertThat(types(all(rare, false, 20))).containsExactly("order.OrderShipped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order.Nothing", "dev.kontor.api.order.OrderEvent$OrderShipped", "order"})
    void an_unknown_type_is_refused(String type) {
        assertThat(TestQuerySide.problemOf(() -> list(EventFilter.newBuilder().setType(type), false, 20, "")))
                .isEqualTo(Problem.INVALID_REQUEST);
    }

    @Test
    void what_cannot_be_asked_for_is_refused() {
        List<EventFilter.Builder> wrong = List.of(
                EventFilter.newBuilder().setAggregateId("x".repeat(201)),
                EventFilter.newBuilder().setRequestId("x".repeat(201)),
                EventFilter.newBuilder().setFromPosition(-1),
                EventFilter.newBuilder().setUntilPosition(-1),
                ofOrder().setFromPosition(0));

        wrong.forEach(filter -> assertThat(TestQuerySide.problemOf(() -> list(filter, false, 20, "")))
                .as(filter.toString())
                .isEqualTo(Problem.INVALID_REQUEST));
        assertThat(TestQuerySide.problemOf(() -> list(EventFilter.newBuilder(), false, 101, "")))
                .isEqualTo(Problem.INVALID_REQUEST);
    }

    @Test
    void a_page_token_is_of_its_own_filter_and_order() {
        orderIsShippedAndDelivered();
        String token = list(ofOrder(), true, 1, "").getNextPageToken();

        assertThat(TestQuerySide.problemOf(() -> list(ofOrder(), false, 1, token)))
                .isEqualTo(Problem.INVALID_REQUEST);
        assertThat(TestQuerySide.problemOf(() -> list(EventFilter.newBuilder(), true, 1, token)))
                .isEqualTo(Problem.INVALID_REQUEST);
    }

    private StreamReader<FollowEventsRequest, FollowEventsResponse> follow(FollowEventsRequest.Builder request) {
        StreamReader<FollowEventsRequest, FollowEventsResponse> reader = new StreamReader<>();
        EventLogGrpc.newStub(side.asAdmin()).followEvents(request.build(), reader);
        opened.add(reader);
        return reader;
    }

    private StreamReader<FollowEventsRequest, FollowEventsResponse> followOrder() {
        var reader = follow(FollowEventsRequest.newBuilder().setFilter(ofOrder()));
        assertThat(reader.next().hasEvent()).isFalse();
        return reader;
    }

    @Test
    void a_stream_has_each_event_from_now_on() {
        side.write(new AdminAppointed(customer));
        var reader = followOrder();

        side.write(new AdminAppointed(customer));
        orderIsShippedAndDelivered();

        LoggedEvent shipped = reader.take().next().getEvent();
        assertThat(shipped.getType()).isEqualTo("order.OrderShipped");
        assertThat(reader.take().next().getEvent().getType()).isEqualTo("order.OrderDelivered");
        assertThat(reader.unread()).isEmpty();
    }

    @Test
    void a_client_that_comes_back_misses_nothing_and_gets_nothing_twice() {
        var reader = followOrder();
        orderIsShippedAndDelivered();
        long seen = reader.take().next().getEvent().getPosition();
        reader.cancel();

        var back = follow(FollowEventsRequest.newBuilder().setFilter(ofOrder()).setKnownPosition(seen));

        assertThat(back.next().hasEvent()).isFalse();
        assertThat(back.take().next().getEvent().getType()).isEqualTo("order.OrderDelivered");
    }

    @Test
    void a_position_behind_the_log_is_refused() {
        assertThat(follow(FollowEventsRequest.newBuilder().setKnownPosition(Long.MAX_VALUE - 1))
                        .problem())
                .isEqualTo(Problem.INVALID_REQUEST);
        assertThat(follow(FollowEventsRequest.newBuilder().setKnownPosition(-2)).problem())
                .isEqualTo(Problem.INVALID_REQUEST);
        assertThat(follow(FollowEventsRequest.newBuilder()
                                .setFilter(EventFilter.newBuilder().setFromPosition(1)))
                        .problem())
                .isEqualTo(Problem.INVALID_REQUEST);
    }

    @Test
    void a_stream_ends_when_its_token_is_revoked() {
        TestQuerySide own = TestQuerySide.apart("revoked-events");
        StreamReader<FollowEventsRequest, FollowEventsResponse> reader = new StreamReader<>();
        EventLogGrpc.newStub(own.asAdmin()).followEvents(FollowEventsRequest.getDefaultInstance(), reader);
        reader.next();

        own.revoke(Revocation.newBuilder().setSessionId(ADMIN_SESSION).build());

        assertThat(reader.problem()).isEqualTo(Problem.UNAUTHENTICATED);
    }

    @Test
    void streams_are_bounded_in_sum() {
        for (int i = 0; i < EventTails.MOST; i++) {
            follow(FollowEventsRequest.newBuilder()).next();
        }

        assertThat(follow(FollowEventsRequest.newBuilder()).problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);
    }

    @Test
    void only_admins_read_the_log() {
        assertThat(TestQuerySide.problemOf(() -> EventLogGrpc.newBlockingStub(side.as(customer))
                        .listEvents(ListEventsRequest.getDefaultInstance())))
                .isEqualTo(Problem.FORBIDDEN);
        assertThat(TestQuerySide.problemOf(() -> EventLogGrpc.newBlockingStub(side.as(customer))
                        .followEvents(FollowEventsRequest.getDefaultInstance())
                        .hasNext()))
                .isEqualTo(Problem.FORBIDDEN);
    }
}
