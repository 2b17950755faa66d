package dev.kontor.side.platform;

import dev.kontor.api.Refusal;
import dev.kontor.grpc.platform.RepeatedWarnings;
import java.util.Optional;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles the commands that reach this process. Of an exception only message and details reach the calling process, so
 * an append that lost a race, or a store that is away, is translated into a refusal here: such failures appear when the
 * unit of work commits, after all interceptors.
 */
public final class CommandSegment implements CommandBus {

    private static final Logger log = LoggerFactory.getLogger(CommandSegment.class);

    private final CommandBus bus;

    public CommandSegment(CommandBus bus) {
        this.bus = bus;
    }

    @Override
    public <C> void dispatch(CommandMessage<C> command) {
        bus.dispatch(command);
    }

    @Override
    public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        bus.<C, R>dispatch(command, (message, result) -> callback.onResult(message, told(result)));
    }

    private static <R> CommandResultMessage<? extends R> told(CommandResultMessage<? extends R> result) {
        if (!result.isExceptional() || result.exceptionDetails().isPresent()) {
            return result;
        }
        Throwable failure = result.exceptionResult();
        Optional<Refusal> refusal = FailureClassifier.refusalOf(failure);
        if (refusal.isEmpty()) {
            return result;
        }
        if (refusal.get() instanceof Refusal.Unreachable) {
            log.warn(RepeatedWarnings.SELDOM, "a command failed: {}", failure.toString());
        }
        return GenericCommandResultMessage.asCommandResultMessage(
                new CommandExecutionException(refusal.get().message(), failure, refusal.get()));
    }

    @Override
    public Registration subscribe(String commandName, MessageHandler<? super CommandMessage<?>> handler) {
        return bus.subscribe(commandName, handler);
    }

    @Override
    public Registration registerDispatchInterceptor(
            MessageDispatchInterceptor<? super CommandMessage<?>> dispatchInterceptor) {
        return bus.registerDispatchInterceptor(dispatchInterceptor);
    }

    @Override
    public Registration registerHandlerInterceptor(
            MessageHandlerInterceptor<? super CommandMessage<?>> handlerInterceptor) {
        return bus.registerHandlerInterceptor(handlerInterceptor);
    }
}
