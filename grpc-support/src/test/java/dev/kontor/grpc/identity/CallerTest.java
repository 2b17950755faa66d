package dev.kontor.grpc.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.testsupport.TokenForge;
import io.grpc.Context;
import org.junit.jupiter.api.Test;

class CallerTest {

    private static Caller of(String role) {
        return new Caller("customer-1", role, "session-1", 1, TokenForge.NOW, "token");
    }

    @Test
    void a_request_that_names_no_customer_is_about_the_caller() {
        assertThat(of("CUSTOMER").orNamed("")).isEqualTo("customer-1");
        assertThat(of("CUSTOMER").orNamed(null)).isEqualTo("customer-1");
        assertThat(of("CUSTOMER").orNamed("customer-1")).isEqualTo("customer-1");
        assertThat(of("ADMIN").orNamed("")).isEqualTo("customer-1");
    }

    @Test
    void only_an_admin_may_name_another_customer() {
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> of("CUSTOMER").orNamed("customer-2"));

        assertThat(refused.problem()).isEqualTo(Problem.FORBIDDEN);
        assertThat(of("ADMIN").orNamed("customer-2")).isEqualTo("customer-2");
    }

    @Test
    void the_operator_of_the_machine_is_no_customer_and_may_name_one() {
        Caller operator = new Caller(TokenVerifier.OPERATOR, "ADMIN", "session-1", 0, TokenForge.NOW, "token");

        for (String own : new String[] {"", null, TokenVerifier.OPERATOR}) {
            assertThat(catchThrowableOfType(RefusedException.class, () -> operator.orNamed(own))
                            .problem())
                    .isEqualTo(Problem.FORBIDDEN);
        }
        assertThat(catchThrowableOfType(RefusedException.class, operator::asCustomer)
                        .problem())
                .isEqualTo(Problem.FORBIDDEN);
        assertThat(operator.orNamed("customer-2")).isEqualTo("customer-2");
        assertThat(of("CUSTOMER").asCustomer()).isEqualTo("customer-1");
    }

    @Test
    void outside_a_call_there_is_no_caller() {
        assertThat(Caller.current()).isEmpty();
        assertThat(catchThrowableOfType(RefusedException.class, Caller::required)
                        .problem())
                .isEqualTo(Problem.UNAUTHENTICATED);
    }

    @Test
    void the_caller_is_the_one_of_the_call() throws Exception {
        Caller caller = of("CUSTOMER");

        assertThat(caller.in(Context.ROOT).call(Caller::required)).isEqualTo(caller);
    }
}
