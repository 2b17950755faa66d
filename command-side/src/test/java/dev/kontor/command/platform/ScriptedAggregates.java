package dev.kontor.command.platform;

import dev.kontor.api.Refusal;
import dev.kontor.api.order.OrderCommand.RejectOrder;
import dev.kontor.api.order.OrderStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.messaging.MetaData;
import org.axonframework.test.utils.CallbackBehavior;
import org.axonframework.test.utils.RecordingCommandBus;

/** Handles commands in place of the aggregates, with scripted answers; the default answer is a version. */
public final class ScriptedAggregates implements CallbackBehavior {

    private static final long SOME_VERSION = 1;

    private final RecordingCommandBus bus = new RecordingCommandBus();
    private final Map<Class<?>, Function<Object, Object>> answers = new HashMap<>();
    private final Map<Object, Exception> failures = new HashMap<>();

    public ScriptedAggregates() {
        bus.setCallbackBehavior(this);
        answer(RejectOrder.class, command -> OrderStatus.REJECTED);
    }

    /** Real ones that send to this. */
    public Commands commands() {
        return commandsOver(bus);
    }

    /** Real ones that send to the bus. */
    public static Commands commandsOver(RecordingCommandBus bus) {
        return new Commands(DefaultCommandGateway.builder().commandBus(bus).build());
    }

    public <C> ScriptedAggregates answer(Class<C> type, Function<C, Object> answer) {
        answers.put(type, command -> answer.apply(type.cast(command)));
        return this;
    }

    /** The outcome of such commands stays unknown to the caller. */
    public ScriptedAggregates loseAnswersTo(Class<?> type) {
        answers.put(type, command -> {
            throw CommandRefusals.with(new Refusal.Unreachable());
        });
        return this;
    }

    /** Refuses exactly this command. */
    public ScriptedAggregates refuse(Object command, Refusal refusal) {
        return fail(command, CommandRefusals.with(refusal));
    }

    /** Fails exactly this command. */
    public ScriptedAggregates fail(Object command, Exception failure) {
        failures.put(command, failure);
        return this;
    }

    /** Accepts this command from now on. */
    public ScriptedAggregates accept(Object command) {
        failures.remove(command);
        return this;
    }

    /** The commands since the last call, in order. */
    public List<Object> sent() {
        List<Object> payloads = new ArrayList<>(bus.getDispatchedCommands().stream()
                .map(CommandMessage::getPayload)
                .toList());
        bus.clearCommands();
        return payloads;
    }

    /** The metadata of the last command. */
    public MetaData metaData() {
        return bus.getDispatchedCommands().getLast().getMetaData();
    }

    @Override
    public Object handle(Object command, MetaData metaData) throws Exception {
        if (failures.containsKey(command)) {
            throw failures.get(command);
        }
        return answers.getOrDefault(command.getClass(), any -> SOME_VERSION).apply(command);
    }
}
