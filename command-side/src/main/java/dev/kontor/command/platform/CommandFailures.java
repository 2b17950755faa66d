package dev.kontor.command.platform;

import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.side.platform.FailureTranslation;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What it means where a command is refused. */
@Component
@Order(1)
class CommandFailures implements FailureTranslation {

    @Override
    public RefusedException translate(Throwable failure) {
        return RefusalTranslation.translate(failure).orElse(null);
    }
}
