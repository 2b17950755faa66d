package dev.kontor.command.operations;

import dev.kontor.api.customer.PersonalData;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.LoggedEvent;
import dev.kontor.proto.operations.OperatorCommandsGrpc.OperatorCommandsImplBase;
import dev.kontor.proto.operations.UnmaskEventRequest;
import dev.kontor.side.operations.LoggedEvents;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class OperatorCommandService extends OperatorCommandsImplBase {

    private static final String UNMASK = "unmask";
    private static final int LONGEST_ID = 200;

    private final EventStore log;
    private final PersonalData personalData;
    private final OperatorActs acts;

    OperatorCommandService(EventStore log, PersonalData personalData, OperatorActs acts) {
        this.log = log;
        this.personalData = personalData;
        this.acts = acts;
    }

    @Override
    public void unmaskEvent(UnmaskEventRequest request, StreamObserver<LoggedEvent> answer) {
        DomainEventMessage<?> event = find(request.getAggregateId(), request.getSequence())
                .orElseThrow(() -> new RefusedException(Problem.NOT_FOUND, "There is no such event"));
        acts.record(UNMASK, event.getAggregateIdentifier() + "/" + event.getSequenceNumber(), request.getReason());
        answer.onNext(LoggedEvents.unmasked(event, personalData));
        answer.onCompleted();
    }

    private Optional<DomainEventMessage<?>> find(String aggregateId, long sequence) {
        if (aggregateId.isEmpty() || aggregateId.length() > LONGEST_ID || sequence < 0) {
            return Optional.empty();
        }
        DomainEventStream events = log.readEvents(aggregateId, sequence);
        return events.hasNext() ? Optional.of(events.next()) : Optional.empty();
    }
}
