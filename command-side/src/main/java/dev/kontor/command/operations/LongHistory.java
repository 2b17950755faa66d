package dev.kontor.command.operations;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.SnapshotTrigger;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Asks for a snapshot after so many events since the last one, and once after reading more than that. */
record LongHistory(Snapshotter snapshotter, int events) implements SnapshotTriggerDefinition {

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
        private String aggregateId;
        private boolean isRead;
        private int counted;

        Counter(Class<?> aggregateType) {
            this.aggregateType = aggregateType;
        }

        @Override
        public void eventHandled(EventMessage<?> event) {
            if (event instanceof DomainEventMessage<?> ofAggregate) {
                aggregateId = ofAggregate.getAggregateIdentifier();
                counted++;
                askWhenDue();
            }
        }

        @Override
        public void initializationFinished() {
            isRead = true;
            askWhenDue();
        }

        private void askWhenDue() {
            if (!isRead || counted < events) {
                return;
            }
            counted = 0;
            String id = aggregateId;
            if (CurrentUnitOfWork.isStarted()) {
                // Also where the command is refused: the long history is there all the same.
                CurrentUnitOfWork.get().onCleanup(unitOfWork -> snapshotter.scheduleSnapshot(aggregateType, id));
            } else {
                snapshotter.scheduleSnapshot(aggregateType, id);
            }
        }
    }
}
