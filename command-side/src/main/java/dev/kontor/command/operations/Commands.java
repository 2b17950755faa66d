package dev.kontor.command.operations;

import dev.kontor.wire.identity.Caller;
import dev.kontor.wire.operations.RequestId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.stereotype.Component;

/** Sends commands and waits for their answer. */
@Component
public class Commands {

    /** Metadata of every message and event that a call led to: the customer who called. */
    public static final String ACTOR = "actor";

    private final CommandGateway gateway;

    Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * @return what the handler answers; durable already, unless this is sent while an event is handled
     * @throws dev.kontor.wire.operations.Refused where the command is refused
     */
    public <R> R send(Object command) {
        return send(new GenericCommandMessage<>(command, origin()));
    }

    private <R> R send(CommandMessage<?> command) {
        try {
            return gateway.sendAndWait(command);
        } catch (CommandExecutionException e) {
            throw Refusals.translate(e)
                    .<RuntimeException>map(refused -> refused)
                    .orElse(e);
        }
    }

    /**
     * As {@link #send}, in a unit of work of its own also where an event is handled: on return what it wrote is durable,
     * and the lock of what it wrote to is free again. Carries the origin of what is handled.
     */
    public <R> R sendApart(Object command) {
        Map<String, ?> origin = CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.correlationData() : origin();
        FutureTask<R> apart = new FutureTask<>(() -> send(new GenericCommandMessage<>(command, origin)));
        Thread.ofVirtual().name("command-apart").start(apart);
        try {
            return apart.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a command was handled", e);
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
