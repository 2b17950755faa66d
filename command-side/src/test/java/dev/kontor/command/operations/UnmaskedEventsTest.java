package dev.kontor.command.operations;

import static dev.kontor.testsupport.GrpcCalls.answerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.PersonalData.Field;
import dev.kontor.api.customer.Role;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.operations.OperatorEvent.OperatorActEnded;
import dev.kontor.api.operations.OperatorEvent.OperatorActed;
import dev.kontor.api.operations.OperatorsId;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.command.platform.Scenario;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.operations.LoggedEvent;
import dev.kontor.proto.operations.UnmaskEventRequest;
import io.grpc.Context;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnmaskedEventsTest {

    private static final CustomerId ANNA = CustomerId.mint();
    private static final CustomerId ADMIN = CustomerId.mint();

    @TempDir
    private Path folder;

    private final PersonalData personalData = new PersonalData(new MemoryKeyRing(), new byte[32]);
    private LoggedAggregates aggregates;
    private OperatorCommandService service;

    @BeforeEach
    void open() {
        aggregates = new LoggedAggregates(folder, Operators.class);
        service = new OperatorCommandService(
                aggregates.eventStore(), personalData, new OperatorActs(aggregates.commands()), null);
        aggregates.append(
                "Customer",
                ANNA,
                0,
                List.of(new CustomerRegistered(
                        ANNA,
                        personalData.seal(ANNA, Field.EMAIL, "anna@example.com"),
                        personalData.seal(ANNA, Field.NAME, "Anna"),
                        Role.CUSTOMER)));
    }

    @AfterEach
    void close() {
        aggregates.close();
    }

    private LoggedEvent unmask(String aggregate, long sequence, String reason) {
        Caller admin = new Caller(ADMIN.value(), "ADMIN", "session", 1, Scenario.NOON.plusSeconds(900), "token");
        UnmaskEventRequest request = UnmaskEventRequest.newBuilder()
                .setAggregateId(aggregate)
                .setSequence(sequence)
                .setReason(reason)
                .build();
        return answerOf(admin.in(Context.ROOT), answer -> service.unmaskEvent(request, answer));
    }

    private List<Object> acts() {
        return aggregates.eventsOf(new OperatorsId());
    }

    @Test
    void who_unmasks_an_event_and_why_is_in_the_log() {
        LoggedEvent shown = unmask(ANNA.value(), 0, "The customer asks for it");
        unmask(ANNA.value(), 0, " again ");

        assertThat(shown.getPayload()).contains("anna@example.com");
        assertThat(acts())
                .containsExactly(
                        new OperatorActed(ADMIN.value(), "unmask", ANNA + "/0", "The customer asks for it"),
                        new OperatorActEnded(0, "done"),
                        new OperatorActed(ADMIN.value(), "unmask", ANNA + "/0", "again"),
                        new OperatorActEnded(2, "done"));
    }

    @Test
    void a_restarted_process_goes_on_with_the_stream() {
        unmask(ANNA.value(), 0, "one");
        aggregates.forgetAll();
        unmask(ANNA.value(), 0, "two");

        assertThat(acts()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines", "an \u001b[31m escape"})
    void without_a_good_reason_nothing_is_shown(String reason) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> unmask(ANNA.value(), 0, reason));

        assertThat(refused.problem()).isEqualTo(Problem.INVALID_REQUEST);
        assertThat(acts()).isEmpty();
    }

    @Test
    void a_reason_is_bounded() {
        unmask(ANNA.value(), 0, "x".repeat(500));

        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> unmask(ANNA.value(), 0, "x".repeat(501)));
        assertThat(refused.problem()).isEqualTo(Problem.INVALID_REQUEST);
        assertThat(acts()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"nothing, 0", "'', 0", "ANNA, 1", "ANNA, -1"})
    void what_is_not_in_the_log_is_not_found(String aggregate, long sequence) {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> unmask(aggregate.replace("ANNA", ANNA.value()), sequence, "reason"));

        assertThat(refused.problem()).isEqualTo(Problem.NOT_FOUND);
        assertThat(acts()).isEmpty();
    }
}
