package dev.kontor.command.operations;

import dev.kontor.api.Refusal;
import org.axonframework.commandhandling.CommandExecutionException;

/** How a command handler says no. Details are what survives between processes; the cause does not. */
public final class Refusing {

    private Refusing() {}

    public static CommandExecutionException with(Refusal refusal) {
        return new CommandExecutionException(refusal.message(), null, refusal);
    }
}
