package dev.kontor.store;

import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.monitoring.MessageMonitor;

/** Axon's event store over the embedded store. An append wakes its streams; Axon's own store polls every 500 ms. */
public final class EmbeddedEventStore extends AbstractEventStore {

    private final EmbeddedEventStorageEngine engine;

    private EmbeddedEventStore(Builder builder) {
        super(builder);
        this.engine = builder.engine;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Streams events after the token without end; null starts at the first.
     *
     * @throws IllegalArgumentException for a token of another kind of store
     * @throws StoreException for a token beyond the end of the log: events up to it would be skipped silently
     */
    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(TrackingToken token) {
        long next = EmbeddedEventStorageEngine.positionAfter(WrappedToken.unwrapLowerBound(token));
        long head = engine.store().head();
        if (next > head + 1) {
            throw new StoreException(
                    "A reader has been at position %d, but the log ends at %d. The reader's place is of a later copy of it"
                            .formatted(next - 1, head));
        }
        return new EmbeddedEventStream(engine, next);
    }

    /** Builds an event store; requires {@code engine}. */
    public static final class Builder extends AbstractEventStore.Builder {

        private EmbeddedEventStorageEngine engine;

        private Builder() {}

        public Builder engine(EmbeddedEventStorageEngine engine) {
            this.engine = engine;
            super.storageEngine(engine);
            return this;
        }

        /** @throws IllegalArgumentException for any but a {@link EmbeddedEventStorageEngine} */
        @Override
        public Builder storageEngine(EventStorageEngine storageEngine) {
            if (!(storageEngine instanceof EmbeddedEventStorageEngine storeEngine)) {
                throw new IllegalArgumentException("An embedded event store needs an embedded engine");
            }
            return engine(storeEngine);
        }

        @Override
        public Builder messageMonitor(MessageMonitor<? super EventMessage<?>> messageMonitor) {
            super.messageMonitor(messageMonitor);
            return this;
        }

        @Override
        public Builder spanFactory(EventBusSpanFactory spanFactory) {
            super.spanFactory(spanFactory);
            return this;
        }

        public EmbeddedEventStore build() {
            return new EmbeddedEventStore(this);
        }
    }
}
