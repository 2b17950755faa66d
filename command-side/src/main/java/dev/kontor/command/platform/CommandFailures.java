package dev.kontor.command.platform;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.side.platform.FailureTranslation;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Translates the refusal of a command. */
@Component
@Order(1)
class CommandFailures implements FailureTranslation {

    @Override
    public RefusedException translate(Throwable failure) {
        return RefusalTranslation.translate(failure).orElse(null);
    }
}
