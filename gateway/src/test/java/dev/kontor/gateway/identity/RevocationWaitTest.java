package dev.kontor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.ScriptedSides;
import dev.kontor.gateway.TestAuthority;
import dev.kontor.gateway.platform.PreferHeader;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.AccountChanged;
import dev.kontor.proto.customer.AwaitCustomerRequest;
import dev.kontor.proto.customer.AwaitCustomerResponse;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.identity.AwaitRevocationRequest;
import dev.kontor.proto.identity.AwaitRevocationResponse;
import dev.kontor.proto.identity.AwaitRevokedRequest;
import dev.kontor.proto.identity.AwaitRevokedResponse;
import dev.kontor.proto.identity.IdentityCommandsGrpc;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.TokenVerificationGrpc;
import dev.kontor.proto.identity.TokenVerificationGrpc.TokenVerificationImplBase;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevocationWaitTest extends GatewayTest {

    private static final Revoked REVOKED = Revoked.newBuilder()
            .addRevocations(Revocation.newBuilder().setSessionId("session-1"))
            .build();
    private static final PreferHeader WAIT = PreferHeader.of(null);
    private static final PreferHeader ASYNC = PreferHeader.of("respond-async");

    private final ManagedChannel views =
            InProcessChannelBuilder.forName(ScriptedSides.NAME).build();
    private final Reading first = new Reading();
    private final Reading second = new Reading();
    private final RevocationWait revoking =
            new RevocationWait(new TokenVerificationChannels(List.of(first.channel, second.channel)), views);

    /** A side that reads the revocation when a test triggers it. */
    private final class Reading extends TokenVerificationImplBase {
        private final String name = InProcessServerBuilder.generateName();
        private final ManagedChannel channel =
                InProcessChannelBuilder.forName(name).build();
        private final List<Revoked> asked = new CopyOnWriteArrayList<>();
        private final CountDownLatch isAsked = new CountDownLatch(1);
        private final CountDownLatch hasRead = new CountDownLatch(1);
        private final Server server;

        Reading() {
            try {
                server = InProcessServerBuilder.forName(name)
                        .addService(this)
                        .build()
                        .start();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void awaitRevocation(AwaitRevocationRequest request, StreamObserver<AwaitRevocationResponse> answer) {
            asked.add(request.getRevoked());
            isAsked.countDown();
            try {
                assertThat(hasRead.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            answer.onNext(AwaitRevocationResponse.newBuilder().setKnown(true).build());
            answer.onCompleted();
        }

        void end() {
            hasRead.countDown();
            channel.shutdownNow();
            server.shutdownNow();
        }
    }

    @BeforeEach
    void the_views_are_up_to_date() {
        sides.on(
                IdentityQueriesGrpc.getAwaitRevokedMethod(),
                q -> AwaitRevokedResponse.newBuilder().setFresh(true).build());
        sides.on(
                CustomerQueriesGrpc.getAwaitCustomerMethod(),
                q -> AwaitCustomerResponse.newBuilder().setFresh(true).build());
    }

    @AfterEach
    void close_connections() {
        views.shutdownNow();
        first.end();
        second.end();
    }

    private void bothHaveRead() {
        first.hasRead.countDown();
        second.hasRead.countDown();
    }

    @Test
    void an_answer_waits_for_both_sides_and_then_for_the_view() throws Exception {
        CompletableFuture<Boolean> shown =
                CompletableFuture.supplyAsync(() -> revoking.isShown(REVOKED, WAIT), Thread::startVirtualThread);
        assertThat(first.isAsked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.isAsked.await(30, TimeUnit.SECONDS))
                .as("both sides are asked at once")
                .isTrue();
        assertThat(sides.received(IdentityQueriesGrpc.getAwaitRevokedMethod())).isNull();

        bothHaveRead();

        assertThat(shown.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(first.asked).containsExactly(REVOKED);
        assertThat(second.asked).containsExactly(REVOKED);
        assertThat(sides.received(IdentityQueriesGrpc.getAwaitRevokedMethod()).request())
                .isEqualTo(AwaitRevokedRequest.newBuilder().setRevoked(REVOKED).build());
    }

    @Test
    void a_change_of_an_account_waits_for_the_written_version() {
        bothHaveRead();
        AccountChanged changed = AccountChanged.newBuilder()
                .setWritten(Written.newBuilder().setId("customer-1").setVersion(7))
                .setRevoked(REVOKED)
                .build();

        assertThat(revoking.isShown(changed, WAIT)).isTrue();

        assertThat(second.asked).containsExactly(REVOKED);
        AwaitCustomerRequest asked = (AwaitCustomerRequest)
                sides.received(CustomerQueriesGrpc.getAwaitCustomerMethod()).request();
        assertThat(asked.getCustomerId()).isEqualTo("customer-1");
        assertThat(asked.getFreshness().getAtLeastVersion()).isEqualTo(7);
    }

    @Test
    void a_client_that_does_not_wait_for_the_views_waits_for_the_sides() {
        bothHaveRead();

        assertThat(revoking.isShown(REVOKED, ASYNC)).isFalse();

        assertThat(first.asked).containsExactly(REVOKED);
        assertThat(sides.received(IdentityQueriesGrpc.getAwaitRevokedMethod())).isNull();
    }

    /** Such a side reads the revocations before it answers any call. */
    @Test
    void there_is_no_wait_for_an_unreachable_side() {
        second.end();
        first.hasRead.countDown();

        revoking.awaitAtSides(REVOKED);

        assertThat(first.asked).containsExactly(REVOKED);
    }

    @Test
    void the_wait_for_a_silent_side_is_bounded() {
        first.hasRead.countDown();

        revoking.awaitAtSides(REVOKED);

        assertThat(first.asked).containsExactly(REVOKED);
        assertThat(second.hasRead.getCount())
                .as("the side has not read the revocation")
                .isOne();
    }

    @Test
    void without_revocations_no_side_is_asked() {
        revoking.awaitAtSides(Revoked.getDefaultInstance());

        assertThat(new ArrayList<>(first.asked)).isEmpty();
    }

    @Test
    void the_token_that_may_be_revoked_is_not_sent() {
        sides.on(IdentityCommandsGrpc.getSignOutMethod(), q -> REVOKED);

        sendAs(CUSTOMER, "POST", "/api/v1/auth/signout").hasStatus(204);

        assertThat(sides.received(IdentityCommandsGrpc.getSignOutMethod()).callerId())
                .isEqualTo(TestAuthority.idOf("customer-1"));
        assertThat(sides.received(TokenVerificationGrpc.getAwaitRevocationMethod())
                        .callerId())
                .isNull();
    }
}
