package dev.kontor.command.platform;

import dev.kontor.api.Precondition;
import dev.kontor.api.Refusal;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.modelling.command.AggregateLifecycle;

/** How a command handler says no. Details are what survives between processes; the cause does not. */
public final class CommandRefusals {

    /** The version of an aggregate that has no event yet. */
    private static final long NOTHING_YET = -1;

    private CommandRefusals() {}

    public static CommandExecutionException with(Refusal refusal) {
        return new CommandExecutionException(refusal.message(), null, refusal);
    }

    /**
     * Called inside a command handler of an aggregate, before it applies anything.
     *
     * @param precondition null for none
     * @param present the version of the part that the command changes
     */
    public static void require(Precondition precondition, long present) {
        if (precondition != null && !precondition.isMetBy(present)) {
            throw with(new Refusal.PreconditionFailed(version()));
        }
    }

    /** As {@link #require}, of a command that may change all of the aggregate. */
    public static void requireVersion(Precondition precondition) {
        require(precondition, version());
    }

    private static long version() {
        Long version = AggregateLifecycle.getVersion();
        return version == null ? NOTHING_YET : version;
    }
}
