package dev.kontor.command.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.Refusal;
import dev.kontor.api.order.RejectionReason;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.side.platform.RefusalProblems;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventsourcing.IncompatibleAggregateException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.SerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTranslationTest {

    private final StoredJson json = StoredJson.of(StoredTypes.events());

    /** One sample of every refusal. */
    static List<Refusal> refusals() {
        return List.of(
                new Refusal.Invalid("change", "must leave something"),
                new Refusal.Unknown(),
                new Refusal.NotYours(),
                new Refusal.EmailTaken(),
                new Refusal.CustomerInactive(),
                new Refusal.LastAdmin(),
                new Refusal.Outdated(),
                new Refusal.ConcurrentWrite(),
                new Refusal.Unreachable(),
                new Refusal.InsufficientStock(5_000_000_000L, 4_000_000_000L),
                new Refusal.ProductIsDelisted(),
                new Refusal.CurrencyMismatch("EUR", "USD"),
                new Refusal.CartEmpty(),
                new Refusal.CartFull(100),
                new Refusal.TooManyOpenOrders(5_000_000_000L, 0),
                new Refusal.WrongOrderStatus("SHIPPED"),
                new Refusal.KeyReused(),
                new Refusal.RequestRepeated(),
                new Refusal.PreconditionFailed(5_000_000_000L));
    }

    @Test
    void every_refusal_is_tested() {
        assertThat(refusals().stream().<Class<?>>map(Refusal::getClass))
                .containsExactlyInAnyOrder(Refusal.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_is_a_problem_of_the_same_code(Refusal refusal) {
        RefusedException refused =
                RefusalTranslation.translate(CommandRefusals.with(refusal)).orElseThrow();

        assertThat(refused.problem()).isEqualTo(RefusalProblems.of(refusal));
        assertThat(refused.detail()).isEqualTo(refusal.message());
        assertThat(refused.attributes()).isEqualTo(refusal.attributes());
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_is_the_same_in_another_process(Refusal refusal) {
        CommandExecutionException thrown = CommandRefusals.with(refusal);
        SerializedObject<byte[]> sent = json.serialize(thrown.getDetails().orElseThrow(), byte[].class);
        CommandExecutionException arrived =
                new CommandExecutionException(thrown.getMessage(), null, json.<byte[], Object>deserialize(sent));

        assertThat(arrived.getDetails()).contains(refusal);
        assertThat(RefusalTranslation.translate(arrived).orElseThrow().problem())
                .isEqualTo(RefusalProblems.of(refusal));
    }

    @Test
    void a_violation_names_its_field() {
        RefusedException refused = RefusalTranslation.translate(
                        CommandRefusals.with(new Refusal.Invalid("change", "must be less")))
                .orElseThrow();

        assertThat(refused.violations()).containsExactly(new RefusedException.Violation("change", "must be less"));
    }

    @ParameterizedTest
    @EnumSource
    void every_reason_of_a_rejection_is_a_problem(RejectionReason reason) {
        assertThat(Problem.ofCode(reason.code())).isPresent();
    }

    @Test
    void two_writers_at_once_are_a_conflict() {
        assertThat(RefusalTranslation.translate(new ConcurrencyException("twice"))
                        .map(RefusedException::problem))
                .contains(Problem.CONFLICT);
    }

    @Test
    void a_fault_is_not_a_refusal() {
        Stream.of(
                        new IllegalStateException(),
                        new EventStoreException("full"),
                        new CommandExecutionException("remote", null),
                        new CommandExecutionException("remote", null, Map.of("code", "not-found")))
                .forEach(
                        fault -> assertThat(RefusalTranslation.translate(fault)).isEmpty());
    }

    static List<RuntimeException> unknown() {
        return List.of(
                new AggregateNotFoundException("a-1", "gone"),
                new IncompatibleAggregateException("this id belongs to another type"));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void an_unknown_aggregate_is_refused_before_its_exception_s_type_is_lost(RuntimeException unknown) {
        DefaultUnitOfWork<GenericCommandMessage<?>> unitOfWork =
                DefaultUnitOfWork.startAndGet(new GenericCommandMessage<>("a command"));
        try {
            assertThatThrownBy(() -> new UnknownAggregates().handle(unitOfWork, () -> {
                        throw unknown;
                    }))
                    .isInstanceOfSatisfying(
                            CommandExecutionException.class,
                            refused -> assertThat(refused.getDetails()).contains(new Refusal.Unknown()));
        } finally {
            unitOfWork.rollback();
        }
    }
}
