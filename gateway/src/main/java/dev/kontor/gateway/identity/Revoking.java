package dev.kontor.gateway.identity;

import dev.kontor.gateway.operations.Preference;
import dev.kontor.gateway.operations.QuerySide;
import dev.kontor.gateway.operations.Visibility;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.AccountChanged;
import dev.kontor.proto.customer.AwaitCustomerRequest;
import dev.kontor.proto.customer.AwaitCustomerResponse;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc.CustomerQueriesBlockingStub;
import dev.kontor.proto.identity.AwaitRevokedRequest;
import dev.kontor.proto.identity.AwaitRevokedResponse;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc.IdentityQueriesBlockingStub;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.wire.identity.Revocations;
import dev.kontor.wire.operations.RequestId;
import io.grpc.Channel;
import io.grpc.Context;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * What an answer waits for after a call that has voided tokens: that this gateway refuses them, at most 2 s, and that the
 * views show what has happened. The caller's own token may be among them, so the views are asked in nobody's name.
 */
@Component
public class Revoking {

    private static final Logger log = LoggerFactory.getLogger(Revoking.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Revocations revocations;
    private final CustomerQueriesBlockingStub customers;
    private final IdentityQueriesBlockingStub sessions;

    Revoking(@Qualifier("gatewayFollowed") Revocations revocations, @QuerySide Channel querySide) {
        this.revocations = revocations;
        this.customers = CustomerQueriesGrpc.newBlockingStub(querySide);
        this.sessions = IdentityQueriesGrpc.newBlockingStub(querySide);
    }

    /** Waits until the next request with a token that was revoked is refused here. Who does not want to wait does too. */
    public void awaitHere(Revoked revoked) {
        if (!revocations.await(revoked, LONGEST_WAIT)) {
            log.warn("tokens were revoked, but this gateway has not heard of it within {}", LONGEST_WAIT);
        }
    }

    /** Whether the tokens are refused here and the lists of sessions show it, as far as the client wants to wait. */
    boolean isShown(Revoked revoked, Preference preference) {
        awaitHere(revoked);
        AwaitRevokedRequest visible =
                AwaitRevokedRequest.newBuilder().setRevoked(revoked).build();
        return asNobody(preference, () -> sessions.awaitRevoked(visible), AwaitRevokedResponse::getFresh);
    }

    /** Whether the tokens are refused here and the account shows the change, as far as the client wants to wait. */
    public boolean isShown(AccountChanged changed, Preference preference) {
        awaitHere(changed.getRevoked());
        Written written = changed.getWritten();
        AwaitCustomerRequest visible = AwaitCustomerRequest.newBuilder()
                .setCustomerId(written.getId())
                .setFreshness(Visibility.of(written))
                .build();
        return asNobody(preference, () -> customers.awaitCustomer(visible), AwaitCustomerResponse::getFresh);
    }

    private static <R> boolean asNobody(Preference preference, Supplier<R> read, Predicate<R> fresh) {
        Context nobody = RequestId.in(Context.ROOT, RequestId.current());
        Context outer = nobody.attach();
        try {
            return Visibility.await(preference, read, fresh).isPresent();
        } finally {
            nobody.detach(outer);
        }
    }
}
