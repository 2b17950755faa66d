package dev.kontor.gateway.customer;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.TestAuthority;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.AccountChanged;
import dev.kontor.proto.customer.AwaitCustomerResponse;
import dev.kontor.proto.customer.ChangeProfileRequest;
import dev.kontor.proto.customer.Customer;
import dev.kontor.proto.customer.CustomerCommandsGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.EraseCustomerRequest;
import dev.kontor.proto.customer.GetCustomerResponse;
import dev.kontor.testsupport.Answer;
import io.grpc.MethodDescriptor;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes, deactivation, reactivation and erasure of an account. */
class AccountTest extends GatewayTest {

    private static final String ONE = "/api/v1/customers/customer-1";
    private static final String SELF = "/api/v1/customers/me";

    private String writtenId = "customer-1";

    @BeforeEach
    void the_sides_agree() {
        sides.on(CustomerCommandsGrpc.getChangeProfileMethod(), q -> written());
        sides.on(CustomerCommandsGrpc.getGrantRoleMethod(), q -> changed());
        sides.on(CustomerCommandsGrpc.getDeactivateCustomerMethod(), q -> changed());
        sides.on(CustomerCommandsGrpc.getReactivateCustomerMethod(), q -> changed());
        sides.on(CustomerCommandsGrpc.getEraseCustomerMethod(), q -> changed());
        sides.on(
                CustomerQueriesGrpc.getGetCustomerMethod(),
                q -> GetCustomerResponse.newBuilder()
                        .setCustomer(Customer.newBuilder().setId("customer-1").setVersion(4))
                        .setFresh(true)
                        .build());
        viewShows(true);
    }

    private Written written() {
        return Written.newBuilder().setId(writtenId).setVersion(4).build();
    }

    private AccountChanged changed() {
        return AccountChanged.newBuilder().setWritten(written()).build();
    }

    private void viewShows(boolean fresh) {
        sides.on(
                CustomerQueriesGrpc.getAwaitCustomerMethod(),
                q -> AwaitCustomerResponse.newBuilder().setFresh(fresh).build());
    }

    private boolean wasCalled(MethodDescriptor<?, ?> method) {
        return sides.received(method) != null;
    }

    private ChangeProfileRequest profileSent() {
        return (ChangeProfileRequest)
                sides.received(CustomerCommandsGrpc.getChangeProfileMethod()).request();
    }

    @Test
    void a_profile_change_contains_only_the_values_of_the_request() {
        sendJsonAs(CUSTOMER, "PATCH", SELF, "{\"email\":\"new@example.com\"}").hasStatus(200);
        assertThat(profileSent())
                .isEqualTo(ChangeProfileRequest.newBuilder()
                        .setEmail("new@example.com")
                        .build());

        sendJsonAs(ADMIN, "PATCH", ONE, "{\"name\":\"Ann\",\"email\":null}").hasStatus(200);
        assertThat(profileSent())
                .isEqualTo(ChangeProfileRequest.newBuilder()
                        .setCustomerId("customer-1")
                        .setName("Ann")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\":null}", "{\"status\":\"DEACTIVATED\",\"role\":\"ADMIN\"}"})
    void an_empty_change_of_the_own_profile_is_refused(String nothing) {
        sendJsonAs(CUSTOMER, "PATCH", SELF, nothing)
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("name");
    }

    @Test
    void an_empty_change_of_a_customer_is_refused() {
        sendJsonAs(ADMIN, "PATCH", ONE, "{}")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("name");
    }

    @Test
    void an_e_mail_of_another_customer_is_refused() {
        sides.on(CustomerCommandsGrpc.getChangeProfileMethod(), q -> {
            throw new RefusedException(Problem.EMAIL_TAKEN, Problem.EMAIL_TAKEN.title());
        });

        sendJsonAs(CUSTOMER, "PATCH", SELF, "{\"email\":\"bert@example.com\"}").satisfies(problem(Problem.EMAIL_TAKEN));
    }

    @Test
    void an_admin_closes_and_opens_an_account() {
        sendJsonAs(ADMIN, "PATCH", ONE, "{\"status\":\"DEACTIVATED\"}").hasStatus(200);
        assertThat(wasCalled(CustomerCommandsGrpc.getDeactivateCustomerMethod()))
                .isTrue();
        assertThat(wasCalled(CustomerCommandsGrpc.getReactivateCustomerMethod()))
                .isFalse();

        sendJsonAs(ADMIN, "PATCH", ONE, "{\"status\":\"ACTIVE\"}").hasStatus(200);
        assertThat(wasCalled(CustomerCommandsGrpc.getReactivateCustomerMethod()))
                .isTrue();
        assertThat(wasCalled(CustomerCommandsGrpc.getChangeProfileMethod())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"ERASED\"}",
                "{\"status\":\"\"}",
                "{\"status\":\"DEACTIVATED\",\"name\":\"Ann\"}",
                "{\"status\":\"ACTIVE\",\"email\":\"new@example.com\"}"
            })
    void an_invalid_status_or_one_with_other_members_is_refused(String change) {
        sendJsonAs(ADMIN, "PATCH", ONE, change)
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("status");

        assertThat(List.of(
                        wasCalled(CustomerCommandsGrpc.getChangeProfileMethod()),
                        wasCalled(CustomerCommandsGrpc.getDeactivateCustomerMethod()),
                        wasCalled(CustomerCommandsGrpc.getReactivateCustomerMethod())))
                .containsOnly(false);
    }

    @ParameterizedTest
    @CsvSource({"customer," + SELF + ",''", "admin," + ONE + ",customer-1"})
    void an_erasure_is_answered_once_it_is_visible(String who, String path, String named) {
        String caller = who.equals("admin") ? ADMIN : CUSTOMER;

        assertThat(sendAs(caller, "DELETE", path).hasStatus(204).body()).isEmpty();
        assertThat(sides.received(CustomerCommandsGrpc.getEraseCustomerMethod()).request())
                .isEqualTo(
                        EraseCustomerRequest.newBuilder().setCustomerId(named).build());
        assertThat(sides.received(CustomerQueriesGrpc.getAwaitCustomerMethod()).callerId())
                .as("the access token may be revoked by now")
                .isNull();

        viewShows(false);
        Answer accepted = sendAs(caller, "DELETE", path).hasStatus(202);
        assertThat(accepted.header("Location")).isEqualTo(path);
        assertThat(accepted.body()).isEqualTo("{\"id\":\"customer-1\",\"version\":4}");
    }

    @Test
    void the_last_admin_cannot_be_removed() {
        sides.on(CustomerCommandsGrpc.getGrantRoleMethod(), q -> {
            throw new RefusedException(Problem.LAST_ADMIN, Problem.LAST_ADMIN.title());
        });

        sendJsonAs(ADMIN, "PUT", "/api/v1/customers/admin-1/role", "{\"role\":\"CUSTOMER\"}")
                .satisfies(problem(Problem.LAST_ADMIN));
    }

    @Test
    void admins_who_change_their_own_role_get_202_without_a_profile() {
        writtenId = TestAuthority.idOf("admin-1");

        Answer answer = sendJsonAs(ADMIN, "PUT", "/api/v1/customers/" + writtenId + "/role", "{\"role\":\"CUSTOMER\"}")
                .hasStatus(202);

        assertThat(answer.header("Location")).isEqualTo("/api/v1/customers/" + writtenId);
        assertThat(wasCalled(CustomerQueriesGrpc.getGetCustomerMethod())).isFalse();
        assertThat(wasCalled(CustomerQueriesGrpc.getAwaitCustomerMethod())).isTrue();
    }
}
