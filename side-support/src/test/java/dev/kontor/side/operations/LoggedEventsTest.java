package dev.kontor.side.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.ids.OrderId;
import dev.kontor.api.order.OrderEvent.OrderDelivered;
import dev.kontor.api.platform.Samples;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.LoggedEvent;
import java.time.Instant;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoggedEventsTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:01:00.123456Z");
    private static final CustomerId ANNA = CustomerId.mint();

    private final PersonalData personalData = new PersonalData(new MemoryKeyRing(), new byte[32]);
    private final CustomerRegistered registered = new CustomerRegistered(
            ANNA, sealed(Field.EMAIL, "anna@example.com"), sealed(Field.NAME, "Anna"), Role.ADMIN);

    private Sealed sealed(Field field, String clear) {
        return personalData.seal(ANNA, field, clear);
    }

    private static EventMessage<?> event(Object payload) {
        return new GenericDomainEventMessage<>(
                "Customer",
                ANNA.value(),
                3,
                payload,
                MetaData.from(Map.of("requestId", "request-1", "actor", "operator")),
                "event-1",
                TIME);
    }

    private static JsonNode payload(LoggedEvent event) {
        return new JsonMapper().readTree(event.getPayload());
    }

    @Test
    void an_event_is_shown_with_its_origin_and_without_personal_data() {
        LoggedEvent shown = LoggedEvents.masked(event(registered));

        assertThat(shown.getId()).isEqualTo("event-1");
        assertThat(shown.getTimeMicros()).isEqualTo(TIME.getEpochSecond() * 1_000_000 + 123_456);
        assertThat(shown.getType()).isEqualTo("customer.CustomerRegistered");
        assertThat(shown.getAggregateType()).isEqualTo("Customer");
        assertThat(shown.getAggregateId()).isEqualTo(ANNA.value());
        assertThat(shown.getSequence()).isEqualTo(3);
        assertThat(shown.getRequestId()).isEqualTo("request-1");
        assertThat(shown.getActor()).isEqualTo("operator");
        assertThat(shown.hasPosition()).isFalse();
        assertThat(shown.getMasked()).isTrue();
        assertThat(payload(shown)).isEqualTo(new JsonMapper().readTree("""
                {"customerId":"%s","email":"***","name":"***","role":"ADMIN"}""".formatted(ANNA)));
    }

    @Test
    void an_event_of_the_log_has_its_position() {
        EventMessage<?> tracked = new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(17), (GenericDomainEventMessage<?>) event(registered));

        assertThat(LoggedEvents.masked(tracked).getPosition()).isEqualTo(17);
    }

    @Test
    void unmasked_it_has_the_personal_data() {
        LoggedEvent shown = LoggedEvents.unmasked(event(registered), personalData);

        assertThat(payload(shown).at("/email").asString()).isEqualTo("anna@example.com");
        assertThat(payload(shown).at("/name").asString()).isEqualTo("Anna");
        assertThat(shown.getMasked()).isFalse();
    }

    @Test
    void what_belongs_to_an_erased_customer_is_null() {
        personalData.destroy(ANNA);

        LoggedEvent shown = LoggedEvents.unmasked(event(registered), personalData);

        assertThat(payload(shown).at("/email").isNull()).isTrue();
        assertThat(payload(shown).at("/name").isNull()).isTrue();
    }

    @Test
    void a_device_is_shown_and_the_hash_of_a_token_never() {
        SessionOpened opened = new SessionOpened(
                new SessionId("0197a3c2-0000-7000-8000-0000000000e1"),
                ANNA,
                1,
                new TokenHash("a-hash"),
                TIME,
                sealed(Field.DEVICE, "a telephone"));

        LoggedEvent shown = LoggedEvents.unmasked(event(opened), personalData);

        assertThat(payload(shown).at("/device").asString()).isEqualTo("a telephone");
        assertThat(payload(shown).at("/refreshHash").asString()).isEqualTo("***");
        assertThat(payload(shown).at("/expiresAt").asString()).isEqualTo(TIME.toString());
        assertThat(shown.getMasked()).isTrue();
    }

    @Test
    void the_verifier_of_a_password_is_never_shown() {
        VerifierSet set = new VerifierSet(ANNA, sealed(Field.VERIFIER, "argon2"), 1);

        assertThat(payload(LoggedEvents.unmasked(event(set), personalData))
                        .at("/verifier")
                        .asString())
                .isEqualTo("***");
    }

    @Test
    void an_event_without_personal_data_is_shown_whole() {
        LoggedEvent shown = LoggedEvents.masked(event(new OrderDelivered(OrderId.mint(), ANNA)));

        assertThat(shown.getMasked()).isFalse();
        assertThat(shown.getType()).isEqualTo("order.OrderDelivered");
    }

    @Test
    void an_event_of_an_unknown_type_is_shown_with_its_type_and_without_its_payload() {
        EventMessage<?> unknown = event(StoredJson.ofEvents(StoredTypes.events())
                .deserialize(new SimpleSerializedObject<>(
                        "{\"email\":\"anna@example.com\"}", String.class, "customer.NeverHeardOf", "3")));

        LoggedEvent shown = LoggedEvents.masked(unknown);

        assertThat(shown.getType()).isEqualTo("customer.NeverHeardOf");
        assertThat(shown.getAggregateId()).isEqualTo(ANNA.value());
        assertThat(shown.getRequestId()).isEqualTo("request-1");
        assertThat(shown.getUnknownType()).isTrue();
        assertThat(shown.getPayload()).isEqualTo("{}");
        assertThatThrownBy(() -> LoggedEvents.unmasked(unknown, personalData))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.UNKNOWN_EVENT))
                .hasMessageContaining("'customer.NeverHeardOf'");
    }

    @Test
    void every_event_can_be_shown() {
        Samples.all()
                .forEach(sample -> assertThat(
                                payload(LoggedEvents.masked(event(sample))).isObject())
                        .as(sample.toString())
                        .isTrue());
    }
}
