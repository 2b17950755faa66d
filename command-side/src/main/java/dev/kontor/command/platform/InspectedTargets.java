package dev.kontor.command.platform;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/**
 * Finds the aggregate of a command by {@link TargetAggregateIdentifier}. Each class of commands is inspected once;
 * Axon's own resolver inspects all methods and fields for every command.
 */
final class InspectedTargets implements CommandTargetResolver {

    private final ClassValue<Method> accessors = new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> command) {
            return Stream.of(command.getMethods())
                    .filter(method -> method.isAnnotationPresent(TargetAggregateIdentifier.class))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(command + " names no aggregate"));
        }
    };

    @Override
    public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> command) {
        try {
            Method accessor = accessors.get(command.getPayloadType());
            return new VersionedAggregateIdentifier(accessor.invoke(command.getPayload()), null);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("The aggregate of a command cannot be read", e);
        }
    }
}
