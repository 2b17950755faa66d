package dev.kontor.command.platform;

import dev.kontor.api.Refusal;
import org.axonframework.commandhandling.CommandExecutionException;

/** How a command handler says no. Details are what survives between processes; the cause does not. */
public final class CommandRefusals {

    private CommandRefusals() {}

    public static CommandExecutionException with(Refusal refusal) {
        return new CommandExecutionException(refusal.message(), null, refusal);
    }
}
