package dev.kontor.side.operations;

import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.CustomerEvent.ProfileChanged;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.api.storage.UnknownEvents;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.RequestId;
import dev.kontor.proto.operations.LoggedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.SerializedType;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows events of the log to admins. Sealed data and the hashes of tokens are masked. E-mail, name and device can be
 * shown; the verifiers of passwords and kept answers never.
 */
public final class LoggedEvents {

    /** The metadata key of the caller. */
    private static final String ACTOR = "actor";

    private static final StoredTypes TYPES = StoredTypes.events();

    private LoggedEvents() {}

    /** The stored name of an event's type. */
    public static String typeOf(EventMessage<?> event) {
        return UnknownEvents.typeOf(event)
                .map(SerializedType::getName)
                .orElseGet(() -> TYPES.nameOf(event.getPayloadType())
                        .orElseGet(() -> event.getPayloadType().getName()));
    }

    /** The id of the request that led to the event; empty if there is none. */
    public static String requestOf(EventMessage<?> event) {
        return event.getMetaData().getOrDefault(RequestId.NAME, "").toString();
    }

    /** Microseconds since 1970. */
    public static long microsOf(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    public static LoggedEvent masked(EventMessage<?> event) {
        return shown(event, payload(event));
    }

    /**
     * With the personal data of customers whose keys exist; of an erased one it is null.
     *
     * @throws RefusedException for an event of a type that this version does not know
     */
    public static LoggedEvent unmasked(EventMessage<?> event, PersonalData personalData) {
        refuseUnknown(event);
        ObjectNode payload = payload(event);
        switch (event.getPayload()) {
            case CustomerRegistered e -> {
                put(payload, "email", personalData, e.customerId(), Field.EMAIL, e.email());
                put(payload, "name", personalData, e.customerId(), Field.NAME, e.name());
            }
            case ProfileChanged e -> {
                put(payload, "email", personalData, e.customerId(), Field.EMAIL, e.email());
                put(payload, "name", personalData, e.customerId(), Field.NAME, e.name());
            }
            case SessionOpened e -> put(payload, "device", personalData, e.customerId(), Field.DEVICE, e.device());
            default -> {
                // Nothing in it can be shown.
            }
        }
        return shown(event, payload);
    }

    private static void put(
            ObjectNode payload, String name, PersonalData data, CustomerId owner, Field field, Sealed sealed) {
        if (sealed != null) {
            payload.put(name, data.unseal(owner, field, sealed).orElse(null));
        }
    }

    /**
     * What is personal data in it is not known.
     *
     * @throws RefusedException for an event of a type that this version does not know
     */
    public static void refuseUnknown(EventMessage<?> event) {
        UnknownEvents.typeOf(event).ifPresent(type -> {
            throw new RefusedException(
                    Problem.UNKNOWN_EVENT,
                    "This version does not know the type '%s' of the event %s: a newer version wrote it"
                            .formatted(type.getName(), event.getIdentifier()));
        });
    }

    /** Empty for an event of an unknown type: what is personal data in it is not known. */
    private static ObjectNode payload(EventMessage<?> event) {
        return UnknownEvents.typeOf(event).isPresent()
                ? JsonNodeFactory.instance.objectNode()
                : MaskedJson.of(event.getPayload());
    }

    private static LoggedEvent shown(EventMessage<?> event, ObjectNode payload) {
        LoggedEvent.Builder shown = LoggedEvent.newBuilder()
                .setId(event.getIdentifier())
                .setTimeMicros(microsOf(event.getTimestamp()))
                .setType(typeOf(event))
                .setRequestId(requestOf(event))
                .setActor(event.getMetaData().getOrDefault(ACTOR, "").toString())
                .setPayload(payload.toString())
                .setMasked(MaskedJson.isMasked(payload))
                .setUnknownType(UnknownEvents.typeOf(event).isPresent());
        if (event instanceof TrackedEventMessage<?> tracked) {
            tracked.trackingToken().position().ifPresent(shown::setPosition);
        }
        if (event instanceof DomainEventMessage<?> domain) {
            shown.setAggregateType(domain.getType())
                    .setAggregateId(domain.getAggregateIdentifier())
                    .setSequence(domain.getSequenceNumber());
        }
        return shown.build();
    }
}
