package dev.kontor.command.operations;

import dev.kontor.side.operations.FailureTranslation;
import dev.kontor.wire.operations.Refused;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What it means where a command is refused. */
@Component
@Order(1)
class CommandFailures implements FailureTranslation {

    @Override
    public Refused translate(Throwable failure) {
        return Refusals.translate(failure).orElse(null);
    }
}
