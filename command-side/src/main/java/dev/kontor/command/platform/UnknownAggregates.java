package dev.kontor.command.platform;

import dev.kontor.api.Refusal;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventsourcing.IncompatibleAggregateException;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;

/**
 * Turns an unknown aggregate into a refusal, which reaches the calling process; an exception's type does not.
 * Aggregates of all types share one name space in the log, so an id of another type counts as unknown too.
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
