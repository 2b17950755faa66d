package dev.kontor.gateway.platform;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.RawClient;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.operations.EventFilter;
import dev.kontor.proto.operations.EventLogGrpc;
import dev.kontor.proto.operations.FollowEventsRequest;
import dev.kontor.proto.operations.FollowEventsResponse;
import dev.kontor.proto.operations.GetStoryRequest;
import dev.kontor.proto.operations.ListEventsRequest;
import dev.kontor.proto.operations.ListEventsResponse;
import dev.kontor.proto.operations.LoggedEvent;
import dev.kontor.proto.operations.OperatorCommandsGrpc;
import dev.kontor.proto.operations.Story;
import dev.kontor.proto.operations.StoryStep;
import dev.kontor.proto.operations.UnmaskEventRequest;
import dev.kontor.testsupport.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log over REST. */
class EventTest extends GatewayTest {

    private static final String EVENTS = "/api/v1/admin/events";
    private static final LoggedEvent MASKED = LoggedEvent.newBuilder()
            .setPosition(7)
            .setId("event-1")
            .setTimeMicros(1_772_366_460_123_456L)
            .setType("customer.CustomerRegistered")
            .setAggregateType("Customer")
            .setAggregateId("customer-1")
            .setRequestId("request-1")
            .setActor("operator")
            .setPayload("{\"customerId\":\"customer-1\",\"email\":\"***\"}")
            .setMasked(true)
            .build();

    private ListEventsRequest listed(String query) {
        sides.on(EventLogGrpc.getListEventsMethod(), request -> ListEventsResponse.getDefaultInstance());
        sendAs(ADMIN, "GET", EVENTS + query).hasStatus(200);
        return (ListEventsRequest)
                sides.received(EventLogGrpc.getListEventsMethod()).request();
    }

    @Test
    void an_event_is_shown_as_it_is_in_the_log() {
        sides.on(
                EventLogGrpc.getListEventsMethod(),
                request -> ListEventsResponse.newBuilder()
                        .addEvents(MASKED)
                        .addEvents(LoggedEvent.newBuilder().setPayload("{}"))
                        .setNextPageToken("next")
                        .build());

        Answer answer = sendAs(ADMIN, "GET", EVENTS).hasStatus(200);

        assertThat(answer.at("/nextPageToken")).isEqualTo("next");
        assertThat(answer.json().at("/items/0").toString())
                .isEqualTo("{\"position\":7,\"id\":\"event-1\",\"time\":\"2026-03-01T12:01:00.123456Z\","
                        + "\"type\":\"customer.CustomerRegistered\",\"aggregateType\":\"Customer\","
                        + "\"aggregateId\":\"customer-1\",\"sequence\":0,\"requestId\":\"request-1\","
                        + "\"actor\":\"operator\",\"payload\":{\"customerId\":\"customer-1\",\"email\":\"***\"},"
                        + "\"masked\":true}");
        assertThat(answer.json().at("/items/1").propertyNames()).doesNotContain("position", "requestId", "actor");
    }

    @Test
    void every_filter_is_passed_on() {
        assertThat(listed(""))
                .isEqualTo(ListEventsRequest.newBuilder()
                        .setFilter(EventFilter.getDefaultInstance())
                        .setPage(PageRequest.getDefaultInstance())
                        .build());
        assertThat(listed("?aggregate=a&type=t&request=r&from=2026-03-01T12:01:00.123456Z&until=2026-03-01T12:02:00Z"
                        + "&fromPosition=3&untilPosition=0&first=OLDEST&pageSize=5&pageToken=p"))
                .isEqualTo(ListEventsRequest.newBuilder()
                        .setFilter(EventFilter.newBuilder()
                                .setAggregateId("a")
                                .setType("t")
                                .setRequestId("r")
                                .setFromMicros(1_772_366_460_123_456L)
                                .setUntilMicros(1_772_366_520_000_000L)
                                .setFromPosition(3)
                                .setUntilPosition(0))
                        .setOldestFirst(true)
                        .setPage(PageRequest.newBuilder().setSize(5).setToken("p"))
                        .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?from=yesterday",
                "?until=2026-03-01",
                "?from=%2B1000000000-12-31T23:59:59Z",
                "?first=LAST",
                "?fromPosition=x",
                "?pageSize=101"
            })
    void what_cannot_be_asked_for_is_refused(String query) {
        sendAs(ADMIN, "GET", EVENTS + query).satisfies(problem(Problem.INVALID_REQUEST));
    }

    @Test
    void the_log_is_followed_by_server_sent_events() throws Exception {
        sides.onStream(EventLogGrpc.getFollowEventsMethod(), (request, answers) -> {
            answers.onNext(FollowEventsResponse.getDefaultInstance());
            answers.onNext(FollowEventsResponse.newBuilder().setEvent(MASKED).build());
            answers.onCompleted();
        });

        try (RawClient client = new RawClient(port)) {
            client.send("GET " + EVENTS + "/live?aggregate=a&type=t&request=r HTTP/1.1\r\nHost: localhost\r\n"
                    + "Authorization: Bearer " + ADMIN + "\r\nLast-Event-ID: 3\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 200").contains("Content-Type: text/event-stream");
            assertThat(client.until("data: ")).contains("id: 7\nevent: event\n");
            assertThat(client.until("\n\n")).contains("\"type\":\"customer.CustomerRegistered\"", "\"***\"");
        }
        assertThat(sides.received(EventLogGrpc.getFollowEventsMethod()).request())
                .isEqualTo(FollowEventsRequest.newBuilder()
                        .setFilter(EventFilter.newBuilder()
                                .setAggregateId("a")
                                .setType("t")
                                .setRequestId("r"))
                        .setKnownPosition(3)
                        .build());
    }

    @Test
    void a_story_is_told_with_kinds_and_durations() {
        sides.on(
                EventLogGrpc.getGetStoryMethod(),
                request -> Story.newBuilder()
                        .addSteps(StoryStep.newBuilder()
                                .setEvent(MASKED)
                                .setKind(StoryStep.Kind.COMPENSATION)
                                .setAfterMicros(4_200))
                        .setComplete(true)
                        .build());

        Answer answer = sendAs(ADMIN, "GET", "/api/v1/admin/stories/order-1").hasStatus(200);

        assertThat(answer.body())
                .startsWith("{\"steps\":[{\"kind\":\"COMPENSATION\",\"afterMicros\":4200,\"event\":{\"position\":7,")
                .endsWith("}],\"complete\":true}");
        assertThat(sides.received(EventLogGrpc.getGetStoryMethod()).request())
                .isEqualTo(GetStoryRequest.newBuilder().setSubject("order-1").build());
    }

    @Test
    void an_event_is_unmasked_for_a_reason() {
        sides.on(
                OperatorCommandsGrpc.getUnmaskEventMethod(),
                request -> MASKED.toBuilder()
                        .clearPosition()
                        .setPayload("{\"email\":\"anna@example.com\"}")
                        .setMasked(false)
                        .build());

        Answer answer = sendJsonAs(
                        ADMIN,
                        "POST",
                        EVENTS + "/unmask",
                        "{\"aggregateId\":\"customer-1\",\"sequence\":2,\"reason\":\"a reason\"}")
                .hasStatus(200);

        assertThat(answer.at("/payload/email")).isEqualTo("anna@example.com");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(sides.received(OperatorCommandsGrpc.getUnmaskEventMethod()).request())
                .isEqualTo(UnmaskEventRequest.newBuilder()
                        .setAggregateId("customer-1")
                        .setSequence(2)
                        .setReason("a reason")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"aggregateId\":\"a\",\"sequence\":0}",
                "{\"sequence\":0,\"reason\":\"r\"}",
                "{\"aggregateId\":\"a\",\"reason\":\"r\"}"
            })
    void an_event_is_not_unmasked_without_a_reason(String body) {
        sendJsonAs(ADMIN, "POST", EVENTS + "/unmask", body).satisfies(problem(Problem.INVALID_REQUEST));
    }
}
