package dev.kontor.command.operations;

import dev.kontor.api.Refusal;
import dev.kontor.api.customer.KeyDestroyedException;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;

/** What a command's failure means to the one who called. */
public final class Refusals {

    private Refusals() {}

    /** Empty for a failure that is no refusal. */
    public static Optional<Refused> translate(Throwable failure) {
        return switch (failure) {
            case CommandExecutionException e
            when e.getDetails().orElse(null) instanceof Refusal refusal -> Optional.of(refused(refusal));
            case ConcurrencyException e -> Optional.of(new Refused(Problem.CONFLICT, Problem.CONFLICT.title()));
            case AggregateNotFoundException e -> Optional.of(refused(new Refusal.Unknown()));
            // Erased in the log, or at least in the key ring: a log from before the erasure may have been restored.
            case KeyDestroyedException e -> Optional.of(refused(new Refusal.CustomerInactive()));
            default -> Optional.empty();
        };
    }

    private static Refused refused(Refusal refusal) {
        Problem problem = Problem.ofCode(refusal.code())
                .orElseThrow(() -> new IllegalStateException("No problem has the code " + refusal.code()));
        List<Refused.Violation> violations = refusal instanceof Refusal.Invalid invalid
                ? List.of(new Refused.Violation(invalid.field(), invalid.reason()))
                : List.of();
        return new Refused(problem, refusal.message(), refusal.attributes(), violations);
    }
}
