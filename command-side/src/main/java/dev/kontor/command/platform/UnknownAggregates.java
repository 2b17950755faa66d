package dev.kontor.command.platform;

import dev.kontor.api.Refusal;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.IncompatibleAggregateException;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;

/**
 * Says of an aggregate that does not exist what survives the way between processes: a refusal, not an exception's type.
 * Aggregates of all types share one name space in the log: what has this id and is another thing does not exist either.
 */
final class UnknownAggregates implements MessageHandlerInterceptor<CommandMessage<?>> {

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> unitOfWork, InterceptorChain chain) throws Exception {
        try {
            return chain.proceed();
        } catch (AggregateNotFoundException | IncompatibleAggregateException e) {
            throw CommandRefusals.with(new Refusal.Unknown());
        }
    }
}
