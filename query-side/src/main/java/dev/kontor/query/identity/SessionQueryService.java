package dev.kontor.query.identity;

import dev.kontor.api.ids.CustomerId;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.AwaitRevokedRequest;
import dev.kontor.proto.identity.AwaitRevokedResponse;
import dev.kontor.proto.identity.IdentityQueriesGrpc.IdentityQueriesImplBase;
import dev.kontor.proto.identity.ListSessionsRequest;
import dev.kontor.proto.identity.ListSessionsResponse;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Session;
import dev.kontor.query.Paging;
import dev.kontor.query.identity.SessionQuery.AwaitRevoked;
import dev.kontor.query.identity.SessionQuery.ListSessions;
import dev.kontor.query.identity.SessionQuery.OpenSessions;
import dev.kontor.query.identity.SessionQuery.VoidBelow;
import dev.kontor.query.platform.Waits;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.grpc.server.service.GrpcService;

@GrpcService
class SessionQueryService extends IdentityQueriesImplBase {

    private static final int MOST_REVOCATIONS = 100;

    private final SessionReader reader;

    SessionQueryService(SessionReader reader) {
        this.reader = reader;
    }

    /** The requesting session is open, so its customer never gets a list without it because the view is late. */
    @Override
    public void listSessions(ListSessionsRequest request, StreamObserver<ListSessionsResponse> answer) {
        Caller caller = Caller.required();
        CustomerId customer = id(caller.orNamed(request.getCustomerId()));
        String own = customer.value().equals(caller.customerId()) ? caller.sessionId() : null;
        Paging paging = new Paging("sessions", customer);
        OpenSessions open = reader.handle(new ListSessions(
                customer,
                Instant.now(),
                own,
                Duration.ofMillis(Waits.millis("waitMillis", 0)),
                Paging.size(request.getPage()),
                paging.after(request.getPage())));
        ListSessionsResponse.Builder response =
                ListSessionsResponse.newBuilder().setNextPageToken(paging.token(open.next()));
        open.sessions().forEach(session -> response.addSessions(proto(session)));
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void awaitRevoked(AwaitRevokedRequest request, StreamObserver<AwaitRevokedResponse> answer) {
        List<String> sessions = new ArrayList<>();
        List<VoidBelow> voided = new ArrayList<>();
        if (request.getRevoked().getRevocationsCount() > MOST_REVOCATIONS) {
            throw RefusedException.invalid("revoked", "must have at most " + MOST_REVOCATIONS + " revocations");
        }
        for (Revocation revocation : request.getRevoked().getRevocationsList()) {
            switch (revocation.getWhatCase()) {
                case SESSION_ID -> sessions.add(revocation.getSessionId());
                case TOKENS ->
                    voided.add(new VoidBelow(
                            revocation.getTokens().getCustomerId(),
                            revocation.getTokens().getBelowVersion()));
                // No list contains these.
                case KID, WHAT_NOT_SET -> {}
            }
        }
        boolean fresh = reader.handle(new AwaitRevoked(
                sessions, voided, Duration.ofMillis(Waits.millis("waitMillis", request.getWaitMillis()))));
        answer.onNext(AwaitRevokedResponse.newBuilder().setFresh(fresh).build());
        answer.onCompleted();
    }

    private static CustomerId id(String text) {
        try {
            return new CustomerId(text);
        } catch (IllegalArgumentException invalidId) {
            throw new RefusedException(Problem.CUSTOMER_NOT_FOUND, Problem.CUSTOMER_NOT_FOUND.title());
        }
    }

    private static Session proto(SessionView session) {
        return Session.newBuilder()
                .setId(session.id().value())
                .setDevice(session.device())
                .setOpenedAtMillis(session.openedAt().toEpochMilli())
                .setUsedAtMillis(session.usedAt().toEpochMilli())
                .setExpiresAtMillis(session.expiresAt().toEpochMilli())
                .build();
    }
}
