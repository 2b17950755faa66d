package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.Page;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.proto.PageRequest;
import dev.kontor.proto.identity.EndSessionRequest;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsBlockingStub;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc.IdentityQueriesBlockingStub;
import dev.kontor.proto.identity.ListSessionsRequest;
import dev.kontor.proto.identity.ListSessionsResponse;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.SignOutEverywhereRequest;
import dev.kontor.proto.identity.UnlockRequest;
import io.grpc.Channel;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** The operations on the caller's sessions and, for admins, on all. An empty customer id stands for the caller. */
@Component
class Sessions {

    private final IdentityCommandsBlockingStub commands;
    private final IdentityQueriesBlockingStub queries;
    private final RevocationWait revoking;

    Sessions(@CommandSideChannel Channel commandSide, @QuerySideChannel Channel querySide, RevocationWait revoking) {
        this.commands = IdentityCommandsGrpc.newBlockingStub(commandSide);
        this.queries = IdentityQueriesGrpc.newBlockingStub(querySide);
        this.revoking = revoking;
    }

    Page<SessionJson> list(String customerId, PageRequest page) {
        ListSessionsResponse found = queries.listSessions(ListSessionsRequest.newBuilder()
                .setCustomerId(customerId)
                .setPage(page)
                .build());
        return Page.of(found.getSessionsList(), SessionJson::of, found.getNextPageToken());
    }

    ResponseEntity<Object> end(String customerId, String sessionId, PreferHeader preference) {
        return ended(
                commands.endSession(EndSessionRequest.newBuilder()
                        .setCustomerId(customerId)
                        .setSessionId(sessionId)
                        .build()),
                customerId,
                sessionId,
                preference);
    }

    ResponseEntity<Object> endAll(String customerId, PreferHeader preference) {
        return ended(
                commands.signOutEverywhere(SignOutEverywhereRequest.newBuilder()
                        .setCustomerId(customerId)
                        .build()),
                customerId,
                customerId.isEmpty() ? "me" : customerId,
                preference);
    }

    void unlock(String customerId) {
        commands.unlock(UnlockRequest.newBuilder().setCustomerId(customerId).build());
    }

    private ResponseEntity<Object> ended(Revoked revoked, String customerId, String what, PreferHeader preference) {
        return revoking.isShown(revoked, preference)
                ? ResponseEntity.noContent().build()
                : Accepted.at(
                        "/api/v1/customers/" + (customerId.isEmpty() ? "me" : customerId) + "/sessions",
                        new Accepted(what, null));
    }
}
