package dev.kontor.command.platform;

import dev.kontor.api.Refusal;
import java.util.function.Predicate;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;

/** Handles commands and loses some of the answers: the caller gets an unknown outcome. */
public final class LostAnswers {

    private final Predicate<Object> which;
    private int left;
    private int lost;

    /**
     * @param which commands
     * @param count how many of their answers to lose, from the first on
     */
    public LostAnswers(Predicate<Object> which, int count) {
        this.which = which;
        this.left = count;
    }

    public static LostAnswers firstTo(Class<?> command) {
        return new LostAnswers(command::isInstance, 1);
    }

    /** The number of answers lost so far. */
    public int lost() {
        return lost;
    }

    private boolean loses(CommandMessage<?> command) {
        if (left == 0 || !which.test(command.getPayload())) {
            return false;
        }
        left--;
        lost++;
        return true;
    }

    CommandBus over(CommandBus bus) {
        return new CommandBus() {
            @Override
            public <C> void dispatch(CommandMessage<C> command) {
                bus.dispatch(command);
            }

            @Override
            public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
                if (loses(command)) {
                    bus.<C, R>dispatch(command, (message, result) -> {});
                    callback.onResult(
                            command,
                            GenericCommandResultMessage.asCommandResultMessage(
                                    CommandRefusals.with(new Refusal.Unreachable())));
                } else {
                    bus.dispatch(command, callback);
                }
            }

            @Override
            public Registration subscribe(String commandName, MessageHandler<? super CommandMessage<?>> handler) {
                return bus.subscribe(commandName, handler);
            }

            @Override
            public Registration registerDispatchInterceptor(
                    MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
                return bus.registerDispatchInterceptor(interceptor);
            }

            @Override
            public Registration registerHandlerInterceptor(
                    MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
                return bus.registerHandlerInterceptor(interceptor);
            }
        };
    }
}
