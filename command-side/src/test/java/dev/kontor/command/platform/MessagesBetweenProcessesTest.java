package dev.kontor.command.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.kontor.api.identity.SignUp;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.command.CommandSide;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.distributed.AnnotationRoutingStrategy;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Serialization does not change commands and their answers, and every command has a routing key. */
class MessagesBetweenProcessesTest {

    private static final List<Method> HANDLERS = new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.kontor.command")
                    .stream()
                    .map(JavaClass::reflect)
                    .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                    .filter(method -> method.isAnnotationPresent(CommandHandler.class))
                    .toList();

    private final StoredJson json = StoredJson.of(StoredTypes.with(CommandSide.STORED));

    static Stream<Class<?>> commands() {
        return HANDLERS.stream()
                .<Class<?>>map(handler -> handler.getParameterTypes()[0])
                .distinct();
    }

    static Stream<Class<?>> answers() {
        return HANDLERS.stream()
                .<Class<?>>map(Method::getReturnType)
                .filter(type -> type != void.class)
                .distinct();
    }

    @Test
    void the_handlers_were_found() {
        assertThat(commands()).hasSizeGreaterThan(50).contains(SignUp.class);
        assertThat(answers()).contains(long.class, boolean.class);
    }

    @ParameterizedTest
    @MethodSource({"commands", "answers"})
    void a_message_arrives_as_it_was_sent(Class<?> type) {
        Object sent = MessageSamples.of(type);
        SerializedObject<byte[]> onTheWay = json.serialize(sent, byte[].class);
        Object arrived = json.deserialize(onTheWay);

        assertThat(arrived).isEqualTo(sent);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_has_a_routing_key(Class<?> type) {
        String key = AnnotationRoutingStrategy.defaultStrategy()
                .getRoutingKey(new GenericCommandMessage<>(MessageSamples.of(type)));

        assertThat(key).isNotBlank();
    }
}
