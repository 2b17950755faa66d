package dev.kontor.standalone.platform;

import dev.kontor.grpc.platform.CauseAnalyzer;
import dev.kontor.store.StoreException;
import dev.kontor.store.StoreFullException;
import dev.kontor.store.StoreInUseException;
import dev.kontor.store.documents.ViewFilesException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Describes in a sentence why the standalone process's stores cannot be opened. {@code StartFailures} describes
 * failures common to all processes.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EmbeddedStartFailures extends CauseAnalyzer {

    @Override
    protected String sentenceOf(Throwable cause) {
        return switch (cause) {
            case StoreInUseException inUse -> inUse.getMessage();
            case StoreException unusable -> unusable.getMessage();
            case StoreFullException full -> full.getMessage();
            case ViewFilesException unusable -> unusable.getMessage();
            case UnsatisfiedLinkError link -> "A library of the system cannot be loaded: " + link.getMessage();
            default -> null;
        };
    }
}
