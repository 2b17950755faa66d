package dev.kontor.store;

import org.axonframework.eventhandling.EventMessage;

/** An aggregate's sequence number or an event's identifier is already in the log. The engine translates it for Axon. */
final class AlreadyWrittenException extends RuntimeException {

    AlreadyWrittenException(String message) {
        super(message);
    }

    static AlreadyWrittenException of(EventMessage<?> event) {
        return new AlreadyWrittenException("Event %s is written already".formatted(event.getIdentifier()));
    }
}
