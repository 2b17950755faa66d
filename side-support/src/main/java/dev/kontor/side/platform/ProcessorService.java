package dev.kontor.side.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.ChangeProcessorRequest;
import dev.kontor.proto.operations.EventProcessor;
import dev.kontor.proto.operations.ListProcessorsRequest;
import dev.kontor.proto.operations.ListProcessorsResponse;
import dev.kontor.proto.operations.ProcessorFailure;
import dev.kontor.proto.operations.ProcessorOperationsGrpc.ProcessorOperationsImplBase;
import dev.kontor.proto.operations.ProcessorSegment;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.springframework.grpc.server.service.GrpcService;

/** The operator's calls about event processors. */
@GrpcService
class ProcessorService extends ProcessorOperationsImplBase {

    private static final Duration UNTIL_PAUSED = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final RegisteredProcessors processors;
    private final ProcessorPauses pauses;
    private final ProcessorWatch watch;
    private final ProcessorFailures failures;

    ProcessorService(
            RegisteredProcessors processors, ProcessorPauses pauses, ProcessorWatch watch, ProcessorFailures failures) {
        this.processors = processors;
        this.pauses = pauses;
        this.watch = watch;
        this.failures = failures;
    }

    @Override
    public void listProcessors(ListProcessorsRequest request, StreamObserver<ListProcessorsResponse> answer) {
        ListProcessorsResponse.Builder response = ListProcessorsResponse.newBuilder();
        processors.names().forEach(name -> response.addProcessors(proto(name)));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void changeProcessor(ChangeProcessorRequest request, StreamObserver<EventProcessor> answer) {
        String name = having(request.getName());
        if (request.hasPaused() == request.hasPosition()) {
            throw RefusedException.invalid("paused", "must be given, or position");
        }
        if (request.hasPosition()) {
            reset(name, request.getPosition());
        } else {
            pause(name, request.getPaused());
        }
        answer.onNext(proto(name));
        answer.onCompleted();
    }

    private void pause(String name, boolean paused) {
        if (!processors.isPausable(name)) {
            throw wrongState("Calls depend on the processor %s: it cannot be paused".formatted(name));
        }
        if (paused) {
            pauses.pause(name);
            awaitPaused(name);
        } else {
            pauses.resume(name);
        }
    }

    private void awaitPaused(String name) {
        long end = System.nanoTime() + UNTIL_PAUSED.toNanos();
        while (processors.isClaimed(name)
                && System.nanoTime() < end
                && !Context.current().isCancelled()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private void reset(String name, long position) {
        if (!processors.isResettable(name)) {
            throw wrongState("The processor %s cannot be reset; a view is rebuilt instead".formatted(name));
        }
        if (!pauses.isPaused(name) || processors.isClaimed(name)) {
            throw wrongState("The processor %s must be paused before it is reset".formatted(name));
        }
        if (position < 0 || position > slowest(processors.segments(name))) {
            throw RefusedException.invalid("position", "must be from 0 to the position of the processor");
        }
        processors.reset(name, position);
    }

    private String having(String name) {
        if (!processors.names().contains(name)) {
            throw new RefusedException(Problem.PROCESSOR_NOT_FOUND, Problem.PROCESSOR_NOT_FOUND.title());
        }
        return name;
    }

    private static RefusedException wrongState(String why) {
        return new RefusedException(Problem.PROCESSOR_STATE, why);
    }

    private long slowest(List<RegisteredProcessors.Segment> segments) {
        return segments.stream()
                .mapToLong(segment -> processors.positions().count(segment.token()))
                .min()
                .orElse(0);
    }

    private EventProcessor proto(String name) {
        List<RegisteredProcessors.Segment> segments = processors.segments(name);
        long position = slowest(segments);
        // The head after the position: no processor is ahead of the log.
        long head = processors.positions().head();
        ReadPosition.Lag lag = watch.lag(name);
        EventProcessor.Builder proto = EventProcessor.newBuilder()
                .setName(name)
                .setState(state(name))
                .setPausable(processors.isPausable(name))
                .setResettable(processors.isResettable(name))
                .setPosition(position)
                .setHead(head)
                .setLag(Math.max(0, head - position))
                .setDelayMillis(lag.delay().toMillis())
                .setStallMillis(lag.stall().toMillis())
                .setLate(watch.isOverBudget(lag.delay()))
                .setStalled(watch.isOverBudget(lag.stall()))
                .setBudgetMillis(watch.budget().toMillis())
                .setEventsPerSecond(watch.perSecond(name))
                .addAllSegments(segments.stream().map(this::proto).toList());
        failures.last(name)
                .ifPresent(failure -> proto.setLastFailure(ProcessorFailure.newBuilder()
                        .setTimeMicros(ChronoUnit.MICROS.between(Instant.EPOCH, failure.at()))
                        .setText(failure.text())));
        return proto.build();
    }

    private ProcessorSegment proto(RegisteredProcessors.Segment segment) {
        return ProcessorSegment.newBuilder()
                .setSegment(segment.number())
                .setOwner(segment.owner().orElse(""))
                .setPosition(processors.positions().count(segment.token()))
                .build();
    }

    private EventProcessor.State state(String name) {
        if (!pauses.isPaused(name)) {
            return EventProcessor.State.RUNNING;
        }
        return processors.isClaimed(name) ? EventProcessor.State.PAUSING : EventProcessor.State.PAUSED;
    }
}
