package dev.kontor.command.operations;

import dev.kontor.api.customer.PersonalData;
import dev.kontor.command.operations.AggregateStates.State;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.AggregateState;
import dev.kontor.proto.operations.BeginActRequest;
import dev.kontor.proto.operations.BeginActResponse;
import dev.kontor.proto.operations.EndActRequest;
import dev.kontor.proto.operations.EndActResponse;
import dev.kontor.proto.operations.LoggedEvent;
import dev.kontor.proto.operations.OperatorCommandsGrpc.OperatorCommandsImplBase;
import dev.kontor.proto.operations.ReplayAggregateRequest;
import dev.kontor.proto.operations.UnmaskEventRequest;
import dev.kontor.side.operations.LoggedEvents;
import dev.kontor.side.operations.MaskedJson;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
    private final AggregateStates states;

    OperatorCommandService(EventStore log, PersonalData personalData, OperatorActs acts, AggregateStates states) {
        this.states = states;
        this.log = log;
        this.personalData = personalData;
        this.acts = acts;
    }

    @Override
    public void unmaskEvent(UnmaskEventRequest request, StreamObserver<LoggedEvent> answer) {
        DomainEventMessage<?> event = find(request.getAggregateId(), request.getSequence())
                .orElseThrow(() -> new RefusedException(Problem.NOT_FOUND, "There is no such event"));
        LoggedEvents.refuseUnknown(event);
        long act = acts.record(
                UNMASK, event.getAggregateIdentifier() + "/" + event.getSequenceNumber(), request.getReason());
        LoggedEvent shown = LoggedEvents.unmasked(event, personalData);
        acts.end(act, OperatorActs.DONE);
        answer.onNext(shown);
        answer.onCompleted();
    }

    @Override
    public void beginAct(BeginActRequest request, StreamObserver<BeginActResponse> answer) {
        long sequence = acts.begin(request.getAct(), request.getSubject(), request.getReason());
        answer.onNext(BeginActResponse.newBuilder().setSequence(sequence).build());
        answer.onCompleted();
    }

    @Override
    public void endAct(EndActRequest request, StreamObserver<EndActResponse> answer) {
        acts.end(request.getSequence(), request.getOutcome());
        answer.onNext(EndActResponse.getDefaultInstance());
        answer.onCompleted();
    }

    @Override
    public void replayAggregate(ReplayAggregateRequest request, StreamObserver<AggregateState> answer) {
        State state = replayed(request)
                .orElseThrow(() -> new RefusedException(
                        Problem.NOT_FOUND, "The log has no such aggregate in this version or at this time"));
        answer.onNext(AggregateState.newBuilder()
                .setAggregateType(state.last().getType())
                .setAggregateId(state.last().getAggregateIdentifier())
                .setVersion(state.last().getSequenceNumber())
                .setTimeMicros(LoggedEvents.microsOf(state.last().getTimestamp()))
                .setType(LoggedEvents.typeOf(state.last()))
                .setState(state.fields().toString())
                .setMasked(MaskedJson.isMasked(state.fields()))
                .build());
        answer.onCompleted();
    }

    private Optional<State> replayed(ReplayAggregateRequest request) {
        String id = request.getAggregateId();
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            return Optional.empty();
        }
        return switch (request.getAsOfCase()) {
            case VERSION -> states.inVersion(id, request.getVersion());
            case TIME_MICROS -> states.at(id, Instant.EPOCH.plus(request.getTimeMicros(), ChronoUnit.MICROS));
            case ASOF_NOT_SET -> states.newest(id);
        };
    }

    private Optional<DomainEventMessage<?>> find(String aggregateId, long sequence) {
        if (aggregateId.isEmpty() || aggregateId.length() > LONGEST_ID || sequence < 0) {
            return Optional.empty();
        }
        DomainEventStream events = log.readEvents(aggregateId, sequence);
        return events.hasNext() ? Optional.of(events.next()) : Optional.empty();
    }
}
