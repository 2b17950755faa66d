package dev.kontor.side.platform;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.GenericResultMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Returns the same empty result for every event. Without it Axon makes a message of the result of each handled event,
 * with correlation data, for which the metadata of the event is deserialized. Nothing reads these messages.
 */
final class NoResult implements MessageHandlerInterceptor<EventMessage<?>> {

    private final ResultMessage<?> none = GenericResultMessage.asResultMessage((Object) null);

    @Override
    public Object handle(UnitOfWork<? extends EventMessage<?>> work, InterceptorChain chain) throws Exception {
        chain.proceed();
        return none;
    }
}
