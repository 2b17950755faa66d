package dev.kontor.side.platform;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.ThrowableCause;

/** A letter that was read from a {@link DeadLetterQueue}. */
final class QueuedLetter extends GenericDeadLetter<EventMessage<?>> {

    private final transient StoredLetter stored;

    QueuedLetter(StoredLetter stored, EventMessage<?> message) {
        super(
                stored.key().sequence(),
                message,
                stored.cause() == null
                        ? null
                        : new ThrowableCause(
                                stored.cause().type(), stored.cause().message()),
                stored.enqueuedAt(),
                stored.lastTouched(),
                MetaData.from(stored.diagnostics()));
        this.stored = stored;
    }

    StoredLetter stored() {
        return stored;
    }

    /** This letter as another attempt left it. */
    StoredLetter updated(DeadLetter<? extends EventMessage<?>> letter) {
        return new StoredLetter(
                stored.key(),
                stored.event(),
                causeOf(letter),
                stored.enqueuedAt(),
                letter.lastTouched(),
                texts(letter.diagnostics()));
    }

    static StoredLetter.Cause causeOf(DeadLetter<?> letter) {
        return letter.cause()
                .map(cause -> new StoredLetter.Cause(
                        cause.type(), Optional.ofNullable(cause.message()).orElse("")))
                .orElse(null);
    }

    static Map<String, String> texts(MetaData diagnostics) {
        return diagnostics.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }
}
