package dev.kontor.side.platform;

import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.MultiEventHandlerInvoker;

/** Tells which events the handlers of a processor take. Axon's sagas do not tell it. */
public interface HandledTypes {

    /** @param event a class of events */
    boolean handles(Class<?> event);

    static boolean handles(EventHandlerInvoker handlers, Class<?> event) {
        return switch (handlers) {
            case MultiEventHandlerInvoker several ->
                several.delegates().stream().anyMatch(each -> handles(each, event));
            case HandledTypes telling -> telling.handles(event);
            default -> handlers.canHandleType(event);
        };
    }
}
