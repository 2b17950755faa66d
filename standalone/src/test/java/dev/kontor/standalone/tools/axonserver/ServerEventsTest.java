package dev.kontor.standalone.tools.axonserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.standalone.tools.console.DamagedExport;
import dev.kontor.standalone.tools.transfer.LogSetup;
import dev.kontor.store.LogWriter;
import dev.kontor.store.LoggedEvent;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerEventsTest {

    private static LoggedEvent event(String time, String aggregate, String revision, String metadata) {
        return new LoggedEvent(
                7,
                "an-id",
                Instant.parse(time),
                aggregate == null ? null : "Order",
                aggregate,
                aggregate == null ? -1 : 3,
                "order.OrderPlaced",
                revision,
                new byte[] {0, 1, -1},
                metadata.getBytes(StandardCharsets.UTF_8));
    }

    private static LoggedEvent thereAndBack(LoggedEvent event) {
        return ServerEvents.read(EventWithToken.newBuilder()
                .setToken(event.position())
                .setEvent(ServerEvents.write(event, "the-log"))
                .build());
    }

    private static void assertComesBack(LoggedEvent event) {
        assertThat(LogWriter.chain(thereAndBack(event), 0)).isEqualTo(LogWriter.chain(event, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"requestId\":\"r-1\",\"actor\":\"c-1\"}",
                "{\"actor\":\"c-1\",\"requestId\":\"r-1\"}",
                "{\"tries\":-3,\"fast\":true,\"slow\":false,\"ratio\":0.25}",
                "{\"ratio\":1.50,\"big\":123456789012345678901234567890}",
                "{ \"spaced\" : \"out\" }",
                "{\"nothing\":null,\"list\":[1,{\"a\":2}],\"name\":\"J\\u00fcrgen\"}",
                "{\"twice\":1,\"twice\":2}",
                "{\"kontor-nanos\":5,\"kontor-metadata\":\"x\",\"kontor-log\":\"y\"}"
            })
    void metadata_is_read_back_byte_for_byte(String metadata) {
        assertComesBack(event("2026-11-21T16:44:58.461065150Z", "o-1", "1", metadata));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T16:44:58Z",
                "2026-11-21T16:44:58.461Z",
                "2026-11-21T16:44:58.461000001Z",
                "1969-12-31T23:59:59.999999999Z"
            })
    void times_are_read_back_to_the_nanosecond(String time) {
        assertComesBack(event(time, "o-1", "1", "{}"));
    }

    @Test
    void an_event_of_no_aggregate_or_without_a_revision_stays_so() {
        assertComesBack(event("2026-11-21T16:44:58Z", null, "1", "{}"));
        assertComesBack(event("2026-11-21T16:44:58Z", "o-1", null, "{}"));
        assertThat(thereAndBack(event("2026-11-21T16:44:58Z", null, null, "{}")).sequence())
                .isEqualTo(-1);
    }

    @Test
    void metadata_can_be_searched_there_by_its_own_names() {
        Event written = ServerEvents.write(
                event("2026-11-21T16:44:58.461Z", "o-1", "1", "{\"correlationId\":\"c-1\",\"tries\":2}"), "the-log");

        assertThat(written.getMetaDataMap())
                .hasSize(2)
                .containsEntry(
                        "correlationId",
                        MetaDataValue.newBuilder().setTextValue("c-1").build())
                .containsEntry(
                        "tries", MetaDataValue.newBuilder().setNumberValue(2).build());
    }

    @Test
    void only_the_first_event_carries_the_name_of_the_log() {
        Event first = ServerEvents.write(LogSetup.event(0), "the-log");
        Event second = ServerEvents.write(LogSetup.event(1), "the-log");

        assertThat(ServerMetadata.of(first).log()).isEqualTo("the-log");
        assertThat(ServerMetadata.of(second).log()).isNull();
        assertComesBack(LogSetup.event(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "no"})
    void metadata_that_is_no_json_object_is_refused(String metadata) {
        LoggedEvent event = event("2026-11-21T16:44:58Z", "o-1", "1", metadata);

        assertThatThrownBy(() -> ServerEvents.write(event, null)).isInstanceOf(DamagedExport.class);
    }
}
