package dev.kontor.command.platform;

import dev.kontor.api.Refusal;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.RequestId;
import dev.kontor.side.platform.FailureClassifier;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends commands and waits for their answer. */
@Component
public class Commands {

    /** Metadata of every message and event that a call led to: the customer who called. */
    public static final String ACTOR = "actor";

    /** The wait if the call has no deadline. */
    private static final long LONGEST_WAIT_MILLIS = 30_000;

    private static final int TRIES = 12;
    private static final double SPREAD = 0.5;

    /** Before a command is sent again whose outcome is not known. */
    private static final IntervalFunction AGAIN =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(50), 2, SPREAD, Duration.ofSeconds(1));

    private static final Logger log = LoggerFactory.getLogger(Commands.class);

    private final CommandGateway gateway;

    /**
     * A command that lost the race against another process has written nothing and is sent again, after a random time
     * so that the two do not collide again.
     */
    private final Retry concurrentWrites = Retry.of(
            "concurrent-writes",
            RetryConfig.custom()
                    .maxAttempts(TRIES)
                    .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(
                            Duration.ofMillis(5), 1.6, SPREAD, Duration.ofMillis(250)))
                    .retryOnException(Commands::isConcurrentWrite)
                    .build());

    Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Sends a command, again if another process wrote first, and waits for the answer for as long as the caller
     * does, 30 s at most.
     *
     * @return what the handler answers; durable already, unless it is sent while an event is handled in the standalone
     *     process
     * @throws RefusedException if the command is refused: it has written nothing
     * @throws OutcomeUnknownException if the answer is lost or the wait is over: it may have written, or may still
     *     write
     */
    public <R> R send(Object command) {
        return sendWith(command, origin());
    }

    /**
     * As {@link #send}.
     *
     * @param metadata of the command's message, in addition to its origin
     */
    public <R> R send(Object command, Map<String, ?> metadata) {
        Map<String, Object> all = new HashMap<>(origin());
        all.putAll(metadata);
        return sendWith(command, all);
    }

    /** As {@link #send}. @return the answer, empty if the aggregate does not exist */
    public <R> Optional<R> sendIfExists(Object command) {
        try {
            return Optional.of(send(command));
        } catch (RefusedException refused) {
            if (refused.problem() == Problem.NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private <R> R sendWith(Object command, Map<String, ?> origin) {
        try {
            return concurrentWrites.executeSupplier(() -> sendOnce(new GenericCommandMessage<>(command, origin)));
        } catch (OutcomeUnknownException unknown) {
            throw unknown;
        } catch (RuntimeException failure) {
            throw isUnknown(failure)
                    ? new OutcomeUnknownException(Problem.UNAVAILABLE, Problem.UNAVAILABLE.title(), failure)
                    : RefusalTranslation.translate(failure)
                            .<RuntimeException>map(refused -> refused)
                            .orElse(failure);
        }
    }

    /** Told by the process that handles commands, or found on the way there. */
    private static boolean isUnknown(RuntimeException failure) {
        boolean isTold = failure instanceof CommandExecutionException e
                && e.getDetails().orElse(null) instanceof Refusal.Unreachable;
        return isTold || FailureClassifier.refusalOf(failure).orElse(null) instanceof Refusal.Unreachable;
    }

    /**
     * Sends a command that may be repeated, again and again until its outcome is known or the caller waits no longer.
     * Where no caller waits, for as long as it takes.
     *
     * @param command answers a repeat as it answered the first time, and writes nothing more then
     * @throws RefusedException if it is refused
     * @throws OutcomeUnknownException if the caller's time is over
     */
    public <R> R sendUntilKnown(Object command) {
        return sendUntilKnown(command, Map.of());
    }

    /** As {@link #sendUntilKnown}. @param metadata of the command's message, in addition to its origin */
    public <R> R sendUntilKnown(Object command, Map<String, ?> metadata) {
        Deadline deadline = Context.current().getDeadline();
        for (int asked = 1; true; asked++) {
            try {
                return send(command, metadata);
            } catch (OutcomeUnknownException unknown) {
                long pause = AGAIN.apply(asked);
                boolean isOver = deadline != null && deadline.timeRemaining(TimeUnit.MILLISECONDS) <= pause;
                if (isOver || Thread.currentThread().isInterrupted()) {
                    throw unknown;
                }
                if (asked == 1) {
                    log.warn(
                            "what became of {} is not known; it is asked again",
                            command.getClass().getSimpleName());
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            }
        }
    }

    private <R> R sendOnce(CommandMessage<?> command) {
        FutureCallback<Object, R> answer = new FutureCallback<>();
        gateway.send(command, answer);
        try {
            CommandResultMessage<? extends R> result = answer.get(millisLeft(), TimeUnit.MILLISECONDS);
            if (result.isExceptional()) {
                throw result.exceptionResult() instanceof RuntimeException cause
                        ? cause
                        : new CommandExecutionException("A command failed", result.exceptionResult());
            }
            return result.getPayload();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A command was answered by nothing", e);
        } catch (TimeoutException e) {
            throw new OutcomeUnknownException(Problem.DEADLINE_EXCEEDED, Problem.DEADLINE_EXCEEDED.title(), null);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static OutcomeUnknownException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new OutcomeUnknownException(Problem.UNAVAILABLE, "Interrupted while a command was handled", e);
    }

    private static long millisLeft() {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? LONGEST_WAIT_MILLIS
                : Math.clamp(deadline.timeRemaining(TimeUnit.MILLISECONDS), 0, LONGEST_WAIT_MILLIS);
    }

    private static boolean isConcurrentWrite(Throwable failure) {
        return failure instanceof CommandExecutionException e
                && e.getDetails().orElse(null) instanceof Refusal.ConcurrentWrite;
    }

    /**
     * As {@link #send}, in a unit of work of its own also while an event is handled: on return what it wrote is
     * durable, and the lock of what it wrote to is free again. Carries the origin of what is handled.
     */
    public <R> R sendApart(Object command) {
        Map<String, ?> origin = CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.correlationData() : origin();
        FutureTask<R> apart = new FutureTask<>(() -> sendWith(command, origin));
        Thread.ofVirtual().name("command-apart").start(apart);
        try {
            return apart.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("A command failed", e.getCause());
        }
    }

    /** Inside a unit of work Axon hands on the origin of the message being handled. */
    private static Map<String, Object> origin() {
        if (CurrentUnitOfWork.isStarted()) {
            return Map.of();
        }
        Map<String, Object> origin = new HashMap<>();
        origin.put(RequestId.NAME, RequestId.current());
        Caller.current().ifPresent(caller -> origin.put(ACTOR, caller.customerId()));
        return origin;
    }
}
