package dev.kontor.gateway.identity;

import com.google.common.util.concurrent.ListenableFuture;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.gateway.platform.QuerySideChannel;
import dev.kontor.gateway.platform.WrittenVersion;
import dev.kontor.grpc.platform.RequestId;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.AccountChanged;
import dev.kontor.proto.customer.AwaitCustomerRequest;
import dev.kontor.proto.customer.AwaitCustomerResponse;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.customer.CustomerQueriesGrpc.CustomerQueriesBlockingStub;
import dev.kontor.proto.identity.AwaitRevocationRequest;
import dev.kontor.proto.identity.AwaitRevocationResponse;
import dev.kontor.proto.identity.AwaitRevokedRequest;
import dev.kontor.proto.identity.AwaitRevokedResponse;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc.IdentityQueriesBlockingStub;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import dev.kontor.proto.identity.TokenVerificationGrpc.TokenVerificationFutureStub;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The wait after a call that revoked tokens: until both sides refuse them, at most 2 s, and until the views show the
 * change. The caller's own token may be revoked too, so these calls are sent without it.
 */
@Component
public class RevocationWait {

    private static final Logger log = LoggerFactory.getLogger(RevocationWait.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final List<TokenVerificationFutureStub> sides;
    private final CustomerQueriesBlockingStub customers;
    private final IdentityQueriesBlockingStub sessions;

    RevocationWait(TokenVerificationChannels sides, @QuerySideChannel Channel querySide) {
        this.sides = sides.channels().stream()
                .map(TokenVerificationGrpc::newFutureStub)
                .toList();
        this.customers = CustomerQueriesGrpc.newBlockingStub(querySide);
        this.sessions = IdentityQueriesGrpc.newBlockingStub(querySide);
    }

    /**
     * Waits until both sides refuse the revoked tokens, whatever the client prefers. An unreachable side counts as one
     * that refuses, because it reads the revocations before it answers any call.
     */
    public void awaitAtSides(Revoked revoked) {
        if (revoked.getRevocationsCount() == 0) {
            return;
        }
        AwaitRevocationRequest request =
                AwaitRevocationRequest.newBuilder().setRevoked(revoked).build();
        List<ListenableFuture<AwaitRevocationResponse>> asked = withoutToken(() -> sides.stream()
                .map(side -> side.withDeadlineAfter(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                        .awaitRevocation(request))
                .toList());
        long withoutAnswer = asked.stream().filter(side -> !isKnownBy(side)).count();
        if (withoutAnswer > 0) {
            log.warn("tokens were revoked, but not every side confirmed within {} that it refuses them", LONGEST_WAIT);
        }
    }

    private static boolean isKnownBy(ListenableFuture<AwaitRevocationResponse> side) {
        try {
            return side.get().getKnown();
        } catch (ExecutionException e) {
            Status.Code code = Status.fromThrowable(e.getCause()).getCode();
            return code == Status.Code.UNAVAILABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether the tokens are refused and the lists of sessions show it, before the client's wait ends. */
    boolean isShown(Revoked revoked, PreferHeader preference) {
        awaitAtSides(revoked);
        AwaitRevokedRequest visible =
                AwaitRevokedRequest.newBuilder().setRevoked(revoked).build();
        return isShown(preference, () -> sessions.awaitRevoked(visible), AwaitRevokedResponse::getFresh);
    }

    /** Whether the tokens are refused and the account shows the change, before the client's wait ends. */
    public boolean isShown(AccountChanged changed, PreferHeader preference) {
        awaitAtSides(changed.getRevoked());
        Written written = changed.getWritten();
        AwaitCustomerRequest visible = AwaitCustomerRequest.newBuilder()
                .setCustomerId(written.getId())
                .setFreshness(WrittenVersion.of(written))
                .build();
        return isShown(preference, () -> customers.awaitCustomer(visible), AwaitCustomerResponse::getFresh);
    }

    private static <R> boolean isShown(PreferHeader preference, Supplier<R> read, Predicate<R> fresh) {
        return withoutToken(() -> WrittenVersion.await(preference, read, fresh).isPresent());
    }

    private static <R> R withoutToken(Supplier<R> calls) {
        Context callerless = RequestId.in(Context.ROOT, RequestId.current());
        Context outer = callerless.attach();
        try {
            return calls.get();
        } finally {
            callerless.detach(outer);
        }
    }
}
