package dev.kontor.query.identity;

import static dev.kontor.query.TestQuerySide.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.SignInSucceeded;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.api.identity.SessionEnd;
import dev.kontor.api.identity.SessionEvent.SessionOpened;
import dev.kontor.api.identity.SessionEvent.SessionRefreshed;
import dev.kontor.api.identity.SessionEvent.SessionRevoked;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.TokenHash;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.proto.identity.AwaitRevokedRequest;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc.IdentityQueriesBlockingStub;
import dev.kontor.proto.identity.ListSessionsRequest;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.Session;
import dev.kontor.proto.identity.TokensVoid;
import dev.kontor.query.TestQuerySide;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final Instant NEXT_MONTH =
            Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.MILLIS);

    private final TestQuerySide side = TestQuerySide.get();
    private final PersonalData data = side.personalData();
    private final CustomerId customer = CustomerId.mint();
    private final SessionId first = SessionId.mint();
    private final SessionId second = SessionId.mint();

    @Test
    void the_open_sessions_of_a_customer_are_listed_the_one_used_last_first() {
        side.at("2026-03-02T12:00:00Z").happened(verifier(1), opened(first, 1), opened(second, 1));
        side.at("2026-03-02T13:00:00Z").happened(refreshed(first, NEXT_MONTH.plusSeconds(9)));

        assertThat(own(first))
                .containsExactly(
                        session(first, "2026-03-02T12:00:00.001Z", "2026-03-02T13:00:00Z", NEXT_MONTH.plusSeconds(9)),
                        session(second, "2026-03-02T12:00:00.002Z", "2026-03-02T12:00:00.002Z", NEXT_MONTH));
    }

    @Test
    void a_session_that_was_revoked_is_not_listed_and_keeps_no_device() {
        side.happened(verifier(1), opened(first, 1), opened(second, 1), revoked(first));

        assertThat(own(second)).extracting(Session::getId).containsExactly(second.value());
        assertThat(document("sessions", first.value()))
                .doesNotContainKey("device")
                .containsEntry("open", false);
    }

    @Test
    void a_session_past_its_end_is_not_listed_until_it_is_refreshed() {
        Instant past = Instant.now().minusSeconds(1);
        side.happened(verifier(1), opened(first, 1), opened(second, 1), refreshed(first, past));
        assertThat(own(second)).extracting(Session::getId).containsExactly(second.value());

        side.happened(refreshed(first, NEXT_MONTH));
        assertThat(own(second)).extracting(Session::getId).containsExactly(first.value(), second.value());
    }

    @Test
    void sessions_under_an_older_proof_are_not_listed() {
        side.happened(verifier(1), opened(first, 1));

        side.happened(new TokensRevoked(customer, 2, RevokedBecause.SIGNED_OUT_EVERYWHERE), opened(second, 2));
        assertThat(own(second)).extracting(Session::getId).containsExactly(second.value());

        side.happened(verifier(3));
        assertThat(own(second)).isEmpty();
    }

    @Test
    void an_account_that_is_closed_has_no_open_session() {
        side.happened(verifier(1), opened(first, 1), new CredentialsClosed(customer));

        assertThat(own(first)).isEmpty();
    }

    @Test
    void the_device_is_sealed_in_the_document_and_empty_once_the_key_is_gone() {
        side.happened(verifier(1), opened(first, 1));
        assertThat(document("sessions", first.value()).toJson()).doesNotContain("Lynx");

        data.destroy(customer);

        assertThat(own(first)).extracting(Session::getDevice).containsExactly("");
    }

    @Test
    void sessions_are_for_their_owner_and_admins() {
        side.happened(verifier(1), opened(first, 1));
        ListSessionsRequest named =
                ListSessionsRequest.newBuilder().setCustomerId(customer.value()).build();

        assertThat(problemOf(() -> queries(CustomerId.mint(), first).listSessions(named)))
                .isEqualTo(Problem.FORBIDDEN);
        assertThat(problemOf(() -> anonymous().listSessions(named))).isEqualTo(Problem.UNAUTHENTICATED);
        assertThat(IdentityQueriesGrpc.newBlockingStub(side.asAdmin())
                        .listSessions(named)
                        .getSessionsList())
                .hasSize(1);
    }

    @Test
    void a_list_waits_for_the_session_that_asks() {
        side.happened(verifier(1));
        side.write(opened(first, 1));

        assertThat(own(first)).extracting(Session::getId).containsExactly(first.value());
    }

    @Test
    void an_anonymous_caller_learns_only_whether_a_revocation_shows() {
        Revocation session = Revocation.newBuilder().setSessionId(first.value()).build();
        Revocation tokens = Revocation.newBuilder()
                .setTokens(
                        TokensVoid.newBuilder().setCustomerId(customer.value()).setBelowVersion(2))
                .build();
        Revocation all = Revocation.newBuilder()
                .setTokens(
                        TokensVoid.newBuilder().setCustomerId(customer.value()).setBelowVersion(Long.MAX_VALUE))
                .build();
        side.happened(verifier(1), opened(first, 1));
        assertThat(List.of(shows(session), shows(tokens), shows(all))).containsOnly(false);

        side.happened(revoked(first));
        assertThat(List.of(shows(session), shows(session, tokens))).containsExactly(true, false);

        side.happened(verifier(2));
        assertThat(List.of(shows(session, tokens), shows(all))).containsExactly(true, false);

        side.happened(new CredentialsClosed(customer));
        assertThat(shows(session, tokens, all)).isTrue();
        assertThat(shows()).isTrue();
    }

    @Test
    void a_hundred_revocations_are_waited_for_at_once_and_no_more() {
        Revocation[] many = new Revocation[101];
        Arrays.fill(many, Revocation.newBuilder().setKid("k").build());

        assertThat(problemOf(() -> shows(many))).isEqualTo(Problem.INVALID_REQUEST);
        assertThat(shows(Arrays.copyOf(many, 100))).isTrue();
    }

    @Test
    void what_does_not_touch_the_proof_leaves_its_document_alone() {
        side.happened(verifier(1));
        Document before = document("proofs", customer.value());

        side.happened(new SignInSucceeded(customer, 1));

        assertThat(document("proofs", customer.value())).isEqualTo(before).containsEntry("proof", 1L);
    }

    private VerifierSet verifier(long version) {
        return new VerifierSet(customer, new Sealed("sealed"), version);
    }

    private SessionOpened opened(SessionId id, long proof) {
        return new SessionOpened(
                id,
                customer,
                proof,
                new TokenHash("hash"),
                NEXT_MONTH,
                data.seal(customer, PersonalData.Field.DEVICE, "Lynx"));
    }

    private SessionRefreshed refreshed(SessionId id, Instant expiresAt) {
        return new SessionRefreshed(id, customer, new TokenHash("next"), expiresAt);
    }

    private SessionRevoked revoked(SessionId id) {
        return new SessionRevoked(id, customer, SessionEnd.SIGNED_OUT);
    }

    private static Session session(SessionId id, String openedAt, String usedAt, Instant expiresAt) {
        return Session.newBuilder()
                .setId(id.value())
                .setDevice("Lynx")
                .setOpenedAtMillis(Instant.parse(openedAt).toEpochMilli())
                .setUsedAtMillis(Instant.parse(usedAt).toEpochMilli())
                .setExpiresAtMillis(expiresAt.toEpochMilli())
                .build();
    }

    private Document document(String collection, String id) {
        return side.document(collection, id);
    }

    private List<Session> own(SessionId asking) {
        return queries(customer, asking)
                .listSessions(ListSessionsRequest.getDefaultInstance())
                .getSessionsList();
    }

    private boolean shows(Revocation... revocations) {
        return anonymous()
                .awaitRevoked(AwaitRevokedRequest.newBuilder()
                        .setRevoked(Revoked.newBuilder().addAllRevocations(List.of(revocations)))
                        .setWaitMillis(1)
                        .build())
                .getFresh();
    }

    private IdentityQueriesBlockingStub anonymous() {
        return IdentityQueriesGrpc.newBlockingStub(side.anonymous());
    }

    private IdentityQueriesBlockingStub queries(CustomerId caller, SessionId asking) {
        return IdentityQueriesGrpc.newBlockingStub(side.as(caller, asking.value()));
    }
}
