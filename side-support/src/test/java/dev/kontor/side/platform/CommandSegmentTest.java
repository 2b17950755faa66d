package dev.kontor.side.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.Refusal;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;

/** The failures that a process reports for commands that it handles for others. */
class CommandSegmentTest {

    private final CommandSegment segment =
            new CommandSegment(SimpleCommandBus.builder().build());

    private CommandResultMessage<?> resultOf(String command) {
        CompletableFuture<CommandResultMessage<?>> result = new CompletableFuture<>();
        segment.dispatch(new GenericCommandMessage<>(command), (sent, answered) -> result.complete(answered));
        return result.join();
    }

    @Test
    void an_append_that_is_lost_when_the_unit_of_work_commits_is_a_refusal() {
        segment.subscribe(String.class.getName(), command -> {
            CurrentUnitOfWork.get().onCommit(work -> {
                throw new ConcurrencyException("another was faster");
            });
            return "decided";
        });

        assertThat(resultOf("order").exceptionDetails()).contains(new Refusal.ConcurrentWrite());
    }

    @Test
    void a_refusal_stays_unchanged() {
        segment.subscribe(String.class.getName(), command -> {
            throw new CommandExecutionException("full", new ConcurrencyException("elsewhere"), new Refusal.CartFull(3));
        });

        assertThat(resultOf("put").exceptionDetails()).contains(new Refusal.CartFull(3));
    }

    @Test
    void a_fault_of_kontor_is_not_a_refusal() {
        segment.subscribe(String.class.getName(), command -> {
            throw new IllegalStateException("a bug");
        });

        CommandResultMessage<?> result = resultOf("order");

        assertThat(result.exceptionDetails()).isEmpty();
        assertThat(result.exceptionResult()).hasMessage("a bug");
    }

    @Test
    void an_answer_passes_unchanged() {
        segment.subscribe(String.class.getName(), command -> 7L);

        assertThat(resultOf("order").getPayload()).isEqualTo(7L);
    }
}
