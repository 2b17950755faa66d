package dev.kontor.command.platform;

import dev.kontor.api.Refusal;
import dev.kontor.api.customer.KeyDestroyedException;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.side.platform.RefusalProblems;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;

/** What a command's failure means to the one who called. */
public final class RefusalTranslation {

    private RefusalTranslation() {}

    /** Empty for a failure that is no refusal. */
    public static Optional<RefusedException> translate(Throwable failure) {
        return switch (failure) {
            case CommandExecutionException e
            when e.getDetails().orElse(null) instanceof Refusal refusal -> Optional.of(refused(refusal));
            case ConcurrencyException e ->
                Optional.of(new RefusedException(Problem.CONFLICT, Problem.CONFLICT.title()));
            case AggregateNotFoundException e -> Optional.of(refused(new Refusal.Unknown()));
            // Erased in the log, or at least in the key ring: a log from before the erasure may have been restored.
            case KeyDestroyedException e -> Optional.of(refused(new Refusal.CustomerInactive()));
            default -> Optional.empty();
        };
    }

    /** The refusal, as the services answer it. */
    public static RefusedException refused(Refusal refusal) {
        List<RefusedException.Violation> violations = refusal instanceof Refusal.Invalid invalid
                ? List.of(new RefusedException.Violation(invalid.field(), invalid.reason()))
                : List.of();
        return new RefusedException(RefusalProblems.of(refusal), refusal.message(), refusal.attributes(), violations);
    }
}
