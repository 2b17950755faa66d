package dev.kontor.command.operations;

import dev.kontor.wire.identity.Caller;
import dev.kontor.wire.operations.RequestId;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandExecutionException;
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
        try {
            return gateway.sendAndWait(new GenericCommandMessage<>(command, origin()));
        } catch (CommandExecutionException e) {
            throw Refusals.translate(e)
                    .<RuntimeException>map(refused -> refused)
                    .orElse(e);
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
