package dev.kontor.command.platform;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.SnapshotTrigger;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Requests a snapshot after this many events since the last one, and once after reading more than that. */
record HistoryLengthTrigger(Snapshotter snapshotter, int events) implements SnapshotTriggerDefinition {

    @Override
    public SnapshotTrigger prepareTrigger(Class<?> aggregateType) {
        return new Counter(aggregateType);
    }

    @Override
    public SnapshotTrigger reconfigure(Class<?> aggregateType, SnapshotTrigger trigger) {
        return trigger instanceof Counter ? trigger : prepareTrigger(aggregateType);
    }

    private final class Counter implements SnapshotTrigger {

        private final Class<?> aggregateType;
        private int counted;
        private boolean asking;

        Counter(Class<?> aggregateType) {
            this.aggregateType = aggregateType;
        }

        @Override
        public void eventHandled(EventMessage<?> event) {
            if (event instanceof DomainEventMessage<?> ofAggregate) {
                counted++;
                if (counted >= events && !asking) {
                    ask(ofAggregate.getAggregateIdentifier());
                }
            }
        }

        /** Axon does not call it for a new aggregate, so it does nothing. */
        @Override
        public void initializationFinished() {
            // Events that were read count like new ones.
        }

        private void ask(String aggregateId) {
            if (!CurrentUnitOfWork.isStarted()) {
                counted = 0;
                snapshotter.scheduleSnapshot(aggregateType, aggregateId);
                return;
            }
            // Once per unit of work; also if the command is refused, because the history is long anyway.
            asking = true;
            CurrentUnitOfWork.get().onCleanup(unitOfWork -> {
                asking = false;
                counted = 0;
                snapshotter.scheduleSnapshot(aggregateType, aggregateId);
            });
        }
    }
}
