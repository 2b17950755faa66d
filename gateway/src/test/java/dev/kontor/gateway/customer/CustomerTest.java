package dev.kontor.gateway.customer;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.Customer;
import dev.kontor.proto.customer.CustomerCommandsGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.GetCustomerRequest;
import dev.kontor.proto.customer.GetCustomerResponse;
import dev.kontor.proto.customer.ListCustomersRequest;
import dev.kontor.proto.customer.ListCustomersResponse;
import dev.kontor.testsupport.Answer;
import org.junit.jupiter.api.Test;

class CustomerTest extends GatewayTest {

    private static final Customer ANN = Customer.newBuilder()
            .setId("customer-1")
            .setEmail("ann@example.com")
            .setName("Ann")
            .setRole("CUSTOMER")
            .setStatus("ACTIVE")
            .setVersion(4)
            .setRegisteredAtMillis(0)
            .build();

    private void annIsShown(boolean fresh) {
        sides.on(
                CustomerQueriesGrpc.getGetCustomerMethod(),
                q -> GetCustomerResponse.newBuilder()
                        .setCustomer(ANN)
                        .setFresh(fresh)
                        .build());
    }

    private void writesAreDurable() {
        Written written = Written.newBuilder().setId("customer-1").setVersion(4).build();
        sides.on(CustomerCommandsGrpc.getChangeProfileMethod(), q -> written);
        sides.on(
                CustomerCommandsGrpc.getGrantRoleMethod(),
                q -> dev.kontor.proto.customer.AccountChanged.newBuilder()
                        .setWritten(written)
                        .build());
    }

    @Test
    void a_customer_reads_their_own_profile() {
        annIsShown(true);

        Answer answer = sendAs(CUSTOMER, "GET", "/api/v1/customers/me").hasStatus(200);

        assertThat(answer.body())
                .isEqualTo(
                        "{\"id\":\"customer-1\",\"email\":\"ann@example.com\",\"name\":\"Ann\",\"role\":\"CUSTOMER\","
                                + "\"status\":\"ACTIVE\",\"registeredAt\":\"1970-01-01T00:00:00Z\",\"version\":4}");
    }

    @Test
    void a_changed_profile_is_answered_once_it_is_visible() {
        writesAreDurable();
        annIsShown(true);

        Answer answer = sendJsonAs(CUSTOMER, "PATCH", "/api/v1/customers/me", "{\"name\":\"Ann\"}")
                .hasStatus(200);

        assertThat(answer.at("/name")).isEqualTo("Ann");
        GetCustomerRequest read = (GetCustomerRequest)
                sides.received(CustomerQueriesGrpc.getGetCustomerMethod()).request();
        assertThat(read.getFreshness().getAtLeastVersion()).isEqualTo(4);
    }

    @Test
    void a_changed_profile_that_is_not_visible_yet_is_accepted() {
        writesAreDurable();
        annIsShown(false);

        Answer answer = sendJsonAs(CUSTOMER, "PATCH", "/api/v1/customers/me", "{\"name\":\"Ann\"}")
                .hasStatus(202);

        assertThat(answer.body()).isEqualTo("{\"id\":\"customer-1\",\"version\":4}");
        assertThat(answer.header("Location")).isEqualTo("/api/v1/customers/me");
    }

    @Test
    void a_client_that_does_not_wait_is_answered_without_a_read() {
        writesAreDurable();

        sendJsonAs(CUSTOMER, "PATCH", "/api/v1/customers/me", "{\"name\":\"Ann\"}", "Prefer", "respond-async")
                .hasStatus(202);

        assertThat(sides.received(CustomerQueriesGrpc.getGetCustomerMethod())).isNull();
    }

    @Test
    void an_admin_finds_customers_page_by_page() {
        sides.on(
                CustomerQueriesGrpc.getListCustomersMethod(),
                q -> ListCustomersResponse.newBuilder()
                        .addCustomers(ANN)
                        .setNextPageToken(q.getPage().getToken().isEmpty() ? "more" : "")
                        .build());

        Answer first =
                sendAs(ADMIN, "GET", "/api/v1/customers?search=ann&pageSize=1").hasStatus(200);
        Answer last = sendAs(ADMIN, "GET", "/api/v1/customers?search=ann&pageSize=1&pageToken=more")
                .hasStatus(200);

        assertThat(first.at("/nextPageToken")).isEqualTo("more");
        assertThat(last.json().get("nextPageToken").isNull()).isTrue();
        ListCustomersRequest asked = (ListCustomersRequest)
                sides.received(CustomerQueriesGrpc.getListCustomersMethod()).request();
        assertThat(asked.getSearch()).isEqualTo("ann");
        assertThat(asked.getPage().getSize()).isEqualTo(1);
    }

    @Test
    void an_admin_gives_a_role() {
        writesAreDurable();
        annIsShown(true);

        sendJsonAs(ADMIN, "PUT", "/api/v1/customers/customer-1/role", "{\"role\":\"ADMIN\"}")
                .hasStatus(200);
        sendJsonAs(ADMIN, "PUT", "/api/v1/customers/customer-1/role", "{}")
                .satisfies(problem(Problem.INVALID_REQUEST))
                .namesField("role");
    }
}
