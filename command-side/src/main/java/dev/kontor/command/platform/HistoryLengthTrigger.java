package dev.kontor.command.platform;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.SnapshotTrigger;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Asks for a snapshot after so many events since the last one, and once after reading more than that. */
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

        /** Not told of an aggregate that was just made, so nothing hangs on it. */
        @Override
        public void initializationFinished() {
            // What was read counts as what happened.
        }

        private void ask(String aggregateId) {
            if (!CurrentUnitOfWork.isStarted()) {
                counted = 0;
                snapshotter.scheduleSnapshot(aggregateType, aggregateId);
                return;
            }
            // Once, however much is read; and also where the command is refused: the long history is there all the
            // same.
            asking = true;
            CurrentUnitOfWork.get().onCleanup(unitOfWork -> {
                asking = false;
                counted = 0;
                snapshotter.scheduleSnapshot(aggregateType, aggregateId);
            });
        }
    }
}
