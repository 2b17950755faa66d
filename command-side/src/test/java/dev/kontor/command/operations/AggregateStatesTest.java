package dev.kontor.command.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.api.customer.CustomerEvent.CustomerDeactivated;
import dev.kontor.api.customer.CustomerEvent.CustomerRegistered;
import dev.kontor.api.customer.Role;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.command.customer.Customer;
import dev.kontor.command.operations.AggregateStates.State;
import dev.kontor.command.platform.LoggedAggregates;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregateStatesTest {

    private static final CustomerId ANNA = CustomerId.mint();

    @TempDir
    private Path folder;

    private LoggedAggregates aggregates;
    private AggregateStates states;

    @BeforeEach
    void open() {
        aggregates = new LoggedAggregates(folder, Customer.class);
        states = new AggregateStates(aggregates.eventStore(), aggregates::configuration);
        aggregates.append("Customer", ANNA, 0, List.of(registered(), new CustomerDeactivated(ANNA)));
    }

    @AfterEach
    void close() {
        aggregates.close();
    }

    private static CustomerRegistered registered() {
        return new CustomerRegistered(ANNA, new Sealed("ZW1haWw="), new Sealed("bmFtZQ=="), Role.CUSTOMER);
    }

    private Instant timeOf(long sequence) {
        return aggregates.eventStore().readEvents(ANNA.value(), sequence).peek().getTimestamp();
    }

    private static String statusOf(Optional<State> state) {
        return state.orElseThrow().fields().path("status").asString();
    }

    @Test
    void the_state_of_every_version_is_what_its_events_lead_to() {
        assertThat(statusOf(states.inVersion(ANNA.value(), 0))).isEqualTo("ACTIVE");
        assertThat(statusOf(states.inVersion(ANNA.value(), 1))).isEqualTo("DEACTIVATED");
        assertThat(statusOf(states.newest(ANNA.value()))).isEqualTo("DEACTIVATED");
        assertThat(states.newest(ANNA.value()).map(State::last).map(DomainEventMessage::getSequenceNumber))
                .contains(1L);
    }

    @Test
    void the_state_at_a_time_has_the_events_until_then() {
        assertThat(statusOf(states.at(ANNA.value(), timeOf(1)))).isEqualTo("DEACTIVATED");
        assertThat(states.at(ANNA.value(), timeOf(0).minusMillis(1))).isEmpty();
        assertThat(statusOf(states.at(ANNA.value(), Instant.now().plusSeconds(60))))
                .isEqualTo("DEACTIVATED");
    }

    @Test
    void what_the_log_does_not_have_has_no_state() {
        assertThat(states.inVersion(ANNA.value(), 2)).isEmpty();
        assertThat(states.inVersion(ANNA.value(), -1)).isEmpty();
        assertThat(states.newest("nothing")).isEmpty();
    }

    @Test
    void personal_data_is_masked() {
        String fields = states.newest(ANNA.value()).orElseThrow().fields().toString();

        assertThat(fields).contains("***").doesNotContain("ZW1haWw=", "bmFtZQ==");
    }

    @Test
    void a_replay_ends_when_no_caller_waits_for_it() {
        CancellableContext gone = Context.current().withCancellation();
        gone.cancel(null);

        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> gone.run(() -> states.newest(ANNA.value())));

        assertThat(refused.problem()).isEqualTo(Problem.DEADLINE_EXCEEDED);
    }
}
