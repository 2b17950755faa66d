package dev.kontor.store;

import java.time.Instant;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedObject;

/** A stored event of an aggregate, as Axon reads it. */
record StoredDomainEvent(TrackingToken token, EventRecord stored)
        implements TrackedEventData<byte[]>, DomainEventData<byte[]> {

    @Override
    public TrackingToken trackingToken() {
        return token;
    }

    @Override
    public String getType() {
        return stored.aggregateType();
    }

    @Override
    public String getAggregateIdentifier() {
        return stored.aggregateId();
    }

    @Override
    public long getSequenceNumber() {
        return stored.sequence();
    }

    @Override
    public String getEventIdentifier() {
        return stored.eventId();
    }

    @Override
    public Instant getTimestamp() {
        return stored.time();
    }

    @Override
    public SerializedObject<byte[]> getMetaData() {
        return new StoredEvent(token, stored).getMetaData();
    }

    @Override
    public SerializedObject<byte[]> getPayload() {
        return new StoredEvent(token, stored).getPayload();
    }
}
