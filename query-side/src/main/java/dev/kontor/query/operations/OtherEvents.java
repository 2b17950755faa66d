package dev.kontor.query.operations;

import dev.kontor.query.platform.Slot;
import dev.kontor.query.platform.ViewWriter;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Around each event that is handled for the other generation of a view. */
final class OtherEvents implements MessageHandlerInterceptor<EventMessage<?>> {

    private final Supplier<Slot> slot;
    private final ProcessorShare share;
    private final BiConsumer<EventMessage<?>, Exception> failed;

    /**
     * @param slot that is written to; it changes only while nothing is handled
     * @param failed takes each event that cannot be handled, and why
     */
    OtherEvents(Supplier<Slot> slot, ProcessorShare share, BiConsumer<EventMessage<?>, Exception> failed) {
        this.slot = slot;
        this.share = share;
        this.failed = failed;
    }

    @Override
    public Object handle(UnitOfWork<? extends EventMessage<?>> work, InterceptorChain chain) throws Exception {
        ViewWriter.writesTo(slot.get(), work);
        try {
            return share.handle(work, chain);
        } catch (Exception e) {
            failed.accept(work.getMessage(), e);
            throw e;
        }
    }
}
