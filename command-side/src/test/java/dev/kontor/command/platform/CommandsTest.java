package dev.kontor.command.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.Refusal;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.OutcomeUnknownException;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.grpc.platform.RequestId;
import io.grpc.Context;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private final ScriptedAggregates aggregates = new ScriptedAggregates();
    private final Commands commands = aggregates.commands();

    @Test
    void a_command_is_answered() {
        aggregates.answer(String.class, text -> text + "!");

        assertThat(commands.<String>send("hello")).isEqualTo("hello!");
    }

    @Test
    void a_refused_command_is_answered_with_a_problem() {
        aggregates.refuse("hello", new Refusal.InsufficientStock(3, 2));

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> commands.send("hello"));

        assertThat(refused.problem()).isEqualTo(Problem.INSUFFICIENT_STOCK);
    }

    @Test
    void a_failed_command_keeps_its_failure() {
        aggregates.fail("hello", new CommandExecutionException("disk full", null));
        aggregates.fail("hi", new IllegalStateException("broken"));

        assertThatThrownBy(() -> commands.send("hello"))
                .isInstanceOf(CommandExecutionException.class)
                .hasMessage("disk full");
        assertThatThrownBy(() -> commands.send("hi")).hasStackTraceContaining("broken");
    }

    @Test
    void a_command_that_lost_a_race_is_sent_again() {
        AtomicInteger times = new AtomicInteger();
        aggregates.answer(String.class, text -> {
            if (times.incrementAndGet() < 4) {
                throw CommandRefusals.with(new Refusal.ConcurrentWrite());
            }
            return text;
        });

        assertThat(commands.<String>send("hello")).isEqualTo("hello");
        assertThat(times).hasValue(4);
    }

    @Test
    void a_command_that_loses_every_race_ends_as_a_conflict() {
        AtomicInteger times = new AtomicInteger();
        aggregates.answer(String.class, text -> {
            times.incrementAndGet();
            throw CommandRefusals.with(new Refusal.ConcurrentWrite());
        });

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> commands.send("hello"));

        assertThat(refused.problem()).isEqualTo(Problem.CONFLICT);
        assertThat(times).hasValueBetween(5, 20);
    }

    @Test
    void whatever_else_fails_is_not_sent_again() {
        AtomicInteger times = new AtomicInteger();
        aggregates.answer(String.class, text -> {
            times.incrementAndGet();
            throw CommandRefusals.with(new Refusal.Unreachable());
        });

        OutcomeUnknownException unknown =
                catchThrowableOfType(OutcomeUnknownException.class, () -> commands.send("hello"));

        assertThat(unknown.problem()).isEqualTo(Problem.UNAVAILABLE);
        assertThat(times).hasValue(1);
    }

    @Test
    void a_command_does_not_wait_longer_than_its_caller() {
        AsynchronousCommandBus neverRuns = AsynchronousCommandBus.builder()
                .executor(command -> {
                    // The command is never answered.
                })
                .build();
        neverRuns.subscribe(String.class.getName(), command -> null);
        CommandGateway silent =
                DefaultCommandGateway.builder().commandBus(neverRuns).build();
        Context.CancellableContext call = Context.ROOT.withDeadlineAfter(
                50,
                TimeUnit.MILLISECONDS,
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory()));

        OutcomeUnknownException[] unknown = new OutcomeUnknownException[1];
        call.run(() -> unknown[0] =
                catchThrowableOfType(OutcomeUnknownException.class, () -> new Commands(silent).send("hello")));

        assertThat(unknown[0].problem()).isEqualTo(Problem.DEADLINE_EXCEEDED);
    }

    @Test
    void a_command_carries_its_caller() {
        Caller caller = new Caller("customer-1", "CUSTOMER", "session-1", 1, Instant.EPOCH, "token");

        RequestId.in(caller.in(Context.ROOT), "req-1").run(() -> commands.send("hello"));

        assertThat(aggregates.metaData()).containsEntry("requestId", "req-1").containsEntry("actor", "customer-1");
    }

    @Test
    void a_command_without_a_call_has_a_request_id_and_no_actor() {
        commands.send("hello");

        assertThat(aggregates.metaData()).containsKey("requestId").doesNotContainKey("actor");
    }

    @Test
    void a_command_that_an_event_led_to_leaves_its_origin_to_the_event() {
        DefaultUnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("an event"));
        try {
            commands.send("hello");
        } finally {
            unitOfWork.rollback();
        }

        assertThat(aggregates.metaData()).isEmpty();
    }

    @Test
    void a_command_sent_apart_joins_no_unit_of_work_and_knows_its_origin_all_the_same() {
        AtomicBoolean joined = new AtomicBoolean(true);
        aggregates.answer(String.class, text -> {
            joined.set(CurrentUnitOfWork.isStarted());
            return text + "!";
        });
        DefaultUnitOfWork<?> unitOfWork = DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("an event"));
        unitOfWork.registerCorrelationDataProvider(message -> Map.of("requestId", "req-1"));
        try {
            assertThat(commands.<String>sendApart("hello")).isEqualTo("hello!");
        } finally {
            unitOfWork.rollback();
        }

        assertThat(joined).isFalse();
        assertThat(aggregates.metaData()).containsEntry("requestId", "req-1");
    }

    @Test
    void a_command_sent_apart_is_refused_as_any_other() {
        aggregates.refuse("hello", new Refusal.InsufficientStock(3, 2));

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> commands.sendApart("hello"));

        assertThat(refused.problem()).isEqualTo(Problem.INSUFFICIENT_STOCK);
    }
}
