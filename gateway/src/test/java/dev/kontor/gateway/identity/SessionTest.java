package dev.kontor.gateway.identity;

import static dev.kontor.gateway.ExpectedProblem.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.TestAuthority;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.identity.AwaitRevokedResponse;
import dev.kontor.proto.identity.EndSessionRequest;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.ListSessionsRequest;
import dev.kontor.proto.identity.ListSessionsResponse;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.Session;
import dev.kontor.proto.identity.SignOutEverywhereRequest;
import dev.kontor.testsupport.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest extends GatewayTest {

    private static final String CURRENT = TestAuthority.idOf("session of customer-1");

    @BeforeEach
    void two_sessions_are_open() {
        sides.on(
                IdentityQueriesGrpc.getListSessionsMethod(),
                q -> ListSessionsResponse.newBuilder()
                        .addSessions(Session.newBuilder()
                                .setId(CURRENT)
                                .setDevice("Lynx")
                                .setOpenedAtMillis(1_000)
                                .setUsedAtMillis(2_000)
                                .setExpiresAtMillis(3_000))
                        .addSessions(Session.newBuilder().setId("session-2"))
                        .build());
        sides.on(IdentityCommandsGrpc.getEndSessionMethod(), q -> Revoked.getDefaultInstance());
        sides.on(IdentityCommandsGrpc.getSignOutEverywhereMethod(), q -> Revoked.getDefaultInstance());
        viewsShow(true);
    }

    private void viewsShow(boolean fresh) {
        sides.on(
                IdentityQueriesGrpc.getAwaitRevokedMethod(),
                q -> AwaitRevokedResponse.newBuilder().setFresh(fresh).build());
    }

    @Test
    void customers_see_their_sessions_and_which_one_they_are_in() {
        Answer answer = sendAs(CUSTOMER, "GET", "/api/v1/customers/me/sessions").hasStatus(200);

        assertThat(answer.json().at("/items/0"))
                .hasToString(
                        "{\"id\":\"" + CURRENT + "\",\"device\":\"Lynx\",\"openedAt\":\"1970-01-01T00:00:01Z\","
                                + "\"usedAt\":\"1970-01-01T00:00:02Z\",\"expiresAt\":\"1970-01-01T00:00:03Z\",\"current\":true}");
        assertThat(answer.json().at("/items/1/current").asBoolean()).isFalse();
        assertThat(answer.json().at("/items").size()).isEqualTo(2);
    }

    @Test
    void an_admin_sees_the_sessions_of_a_customer() {
        sendAs(ADMIN, "GET", "/api/v1/customers/customer-1/sessions").hasStatus(200);

        assertThat(sides.received(IdentityQueriesGrpc.getListSessionsMethod()).request())
                .isEqualTo(ListSessionsRequest.newBuilder()
                        .setCustomerId("customer-1")
                        .setPage(PageRequest.getDefaultInstance())
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/customers/me/sessions/session-2,/api/v1/customers/me/sessions,session-2",
        "/api/v1/customers/me/sessions,/api/v1/customers/me/sessions,me",
        "/api/v1/customers/customer-1/sessions/session-2,/api/v1/customers/customer-1/sessions,session-2",
        "/api/v1/customers/customer-1/sessions,/api/v1/customers/customer-1/sessions,customer-1"
    })
    void the_end_of_a_session_is_answered_once_it_is_visible(String path, String location, String id) {
        String caller = path.contains("/me/") ? CUSTOMER : ADMIN;
        sendAs(caller, "DELETE", path).hasStatus(204);
        assertThat(sides.received(IdentityQueriesGrpc.getAwaitRevokedMethod()).callerId())
                .isNull();

        viewsShow(false);
        Answer accepted = sendAs(caller, "DELETE", path).hasStatus(202);
        assertThat(accepted.header("Location")).isEqualTo(location);
        assertThat(accepted.body()).isEqualTo("{\"id\":\"" + id + "\"}");
    }

    @Test
    void a_client_that_does_not_wait_is_answered_without_a_read() {
        sendAs(CUSTOMER, "DELETE", "/api/v1/customers/me/sessions/session-2", "Prefer", "respond-async")
                .hasStatus(202);

        assertThat(sides.received(IdentityQueriesGrpc.getAwaitRevokedMethod())).isNull();
    }

    @Test
    void the_request_names_the_customer_whose_sessions_end() {
        sendAs(CUSTOMER, "DELETE", "/api/v1/customers/me/sessions/session-2").hasStatus(204);
        assertThat(sides.received(IdentityCommandsGrpc.getEndSessionMethod()).request())
                .isEqualTo(
                        EndSessionRequest.newBuilder().setSessionId("session-2").build());

        sendAs(ADMIN, "DELETE", "/api/v1/customers/customer-1/sessions").hasStatus(204);
        assertThat(sides.received(IdentityCommandsGrpc.getSignOutEverywhereMethod())
                        .request())
                .isEqualTo(SignOutEverywhereRequest.newBuilder()
                        .setCustomerId("customer-1")
                        .build());
    }

    @Test
    void an_unknown_session_cannot_be_ended() {
        sides.on(IdentityCommandsGrpc.getEndSessionMethod(), q -> {
            throw new RefusedException(Problem.SESSION_NOT_FOUND, Problem.SESSION_NOT_FOUND.title());
        });

        sendAs(CUSTOMER, "DELETE", "/api/v1/customers/me/sessions/session-9")
                .satisfies(problem(Problem.SESSION_NOT_FOUND));
    }
}
