package dev.kontor.api.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.catalog.Money;
import dev.kontor.api.order.OrderEvent.OrderPlaced;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.api.storage.UnknownEvents;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.MergedTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredJsonTest {

    private final StoredJson json = StoredJson.of(StoredTypes.events());

    private Object roundTrip(Object value) {
        SerializedObject<byte[]> stored = json.serialize(value, byte[].class);
        return json.deserialize(stored);
    }

    private static GlobalSequenceTrackingToken at(long position) {
        return new GlobalSequenceTrackingToken(position);
    }

    static Stream<TrackingToken> tokens() {
        return Stream.of(
                at(0),
                at(5_000_000_000L),
                ReplayToken.createReplayToken(at(100)),
                ReplayToken.createReplayToken(at(100), at(40)),
                ReplayToken.createReplayToken(at(100), at(40), "rebuild"),
                new MergedTrackingToken(at(40), at(100)),
                new MergedTrackingToken(ReplayToken.createReplayToken(at(100), at(40)), at(100)));
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void a_token_comes_back_as_it_was(TrackingToken token) {
        assertThat(roundTrip(token)).isEqualTo(token);
    }

    @Test
    void a_replay_goes_on_where_it_was() {
        TrackingToken back = (TrackingToken) roundTrip(ReplayToken.createReplayToken(at(100), at(40)));

        assertThat(ReplayToken.isReplay(back)).isTrue();
        assertThat(back.position()).isEqualTo(OptionalLong.of(40));
    }

    @Test
    void metadata_comes_back_as_it_was() {
        MetaData metaData = MetaData.from(Map.of("requestId", "r-1", "actor", "a-1"));

        assertThat(roundTrip(metaData)).isEqualTo(metaData);
    }

    @Test
    void an_event_is_known_by_its_name_not_by_its_class() {
        SerializedType type = json.typeForClass(OrderPlaced.class);

        assertThat(type.getName()).isEqualTo("order.OrderPlaced");
        assertThat(type.getRevision()).isEqualTo("1");
        assertThat(json.classForType(type)).isEqualTo(OrderPlaced.class);
    }

    /** Twice: a miss is cached, and must not become a result the second time. */
    @RepeatedTest(2)
    void an_unknown_name_is_refused() {
        SerializedObject<String> unknown =
                new SimpleSerializedObject<>("{\"a\":1}", String.class, "order.NeverHeardOf", "7");

        for (ThrowingCallable reading : List.<ThrowingCallable>of(
                () -> json.classForType(unknown.getType()), () -> json.deserialize(unknown))) {
            assertThatThrownBy(reading)
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("'order.NeverHeardOf' (revision 7)")
                    .hasMessageContaining("newer version");
        }
    }

    @RepeatedTest(2)
    void an_event_with_an_unknown_name_keeps_its_name() {
        StoredJson ofEvents = StoredJson.ofEvents(StoredTypes.events());
        SerializedObject<String> unknown =
                new SimpleSerializedObject<>("{\"a\":1}", String.class, "order.NeverHeardOf", "7");

        EventMessage<Object> event = GenericEventMessage.asEventMessage(ofEvents.deserialize(unknown));

        assertThat(UnknownEvents.typeOf(event)).contains(unknown.getType());
        assertThat(UnknownEvents.featureOf("order.NeverHeardOf")).isEqualTo("order");
    }

    @Test
    void a_side_can_register_its_own_types() {
        StoredTypes types = StoredTypes.with(Map.of("order.Extra", Money.class));

        assertThat(types.nameOf(Money.class)).contains("order.Extra");
        assertThat(types.typeOf("order.OrderPlaced")).contains(OrderPlaced.class);
    }

    @Test
    void no_name_is_given_twice() {
        List.of(
                        Map.<String, Class<?>>of("order.OrderPlaced", Money.class),
                        Map.<String, Class<?>>of("order.OtherName", OrderPlaced.class))
                .forEach(further ->
                        assertThatThrownBy(() -> StoredTypes.with(further)).isInstanceOf(IllegalStateException.class));
    }

    @Test
    void stored_json_cannot_instantiate_other_classes() {
        SerializedObject<String> honest =
                json.serialize(ReplayToken.createReplayToken(at(9), at(4), "x"), String.class);
        String forged = honest.getData().replace("\"x\"", "{\"@class\":\"javax.naming.CompositeName\"}");

        assertThat(forged).isNotEqualTo(honest.getData());
        assertThatThrownBy(() -> json.deserialize(
                        new SimpleSerializedObject<>(forged, String.class, ReplayToken.class.getName(), null)))
                .rootCause()
                .hasMessageContaining("javax.naming.CompositeName")
                .hasMessageContaining("denied");
    }
}
