package dev.kontor.gateway.identity;

import dev.kontor.gateway.platform.Accepted;
import dev.kontor.gateway.platform.CommandSideChannel;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.WrittenVersion;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.AwaitCustomerRequest;
import dev.kontor.proto.customer.AwaitCustomerResponse;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc.CustomerQueriesBlockingStub;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityCommandsGrpc.IdentityCommandsBlockingStub;
import dev.kontor.proto.identity.RefreshRequest;
import io.grpc.Channel;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Sign-up, sign-in and refresh, for REST and GraphQL. */
@Component
class AuthOperations {

    private static final String SELF = "/api/v1/customers/me";

    private final IdentityCommandsBlockingStub identity;
    private final CustomerQueriesBlockingStub customers;

    AuthOperations(@CommandSideChannel Channel commandSide, @QuerySideChannel Channel querySide) {
        this.identity = IdentityCommandsGrpc.newBlockingStub(commandSide);
        this.customers = CustomerQueriesGrpc.newBlockingStub(querySide);
    }

    ResponseEntity<Object> signUp(SignUpJson signUp, PreferHeader preference) {
        Written written = identity.signUp(signUp.toProto());
        AwaitCustomerRequest visible = AwaitCustomerRequest.newBuilder()
                .setCustomerId(written.getId())
                .setFreshness(WrittenVersion.of(written))
                .build();
        return WrittenVersion.await(preference, () -> customers.awaitCustomer(visible), AwaitCustomerResponse::getFresh)
                .<ResponseEntity<Object>>map(
                        shown -> ResponseEntity.created(URI.create(SELF)).body(SignedUp.of(written.getId(), signUp)))
                .orElseGet(() -> Accepted.at(SELF, written));
    }

    /** @param device the name that the client gives; null for none */
    TokensJson signIn(SignInJson signIn, String device) {
        return TokensJson.of(identity.signIn(signIn.toProto(device)));
    }

    /** @param token null without a body */
    TokensJson refresh(RefreshTokenJson token) {
        return TokensJson.of(identity.refresh(RefreshRequest.newBuilder()
                .setRefreshToken(RefreshTokenJson.neededIn(token))
                .build()));
    }
}
