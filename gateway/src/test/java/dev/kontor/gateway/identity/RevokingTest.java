package dev.kontor.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.gateway.GatewayTest;
import dev.kontor.gateway.ScriptedSides;
import dev.kontor.gateway.operations.Preference;
import dev.kontor.proto.Written;
import dev.kontor.proto.customer.AccountChanged;
import dev.kontor.proto.customer.AwaitCustomerRequest;
import dev.kontor.proto.customer.AwaitCustomerResponse;
import dev.kontor.proto.customer.CustomerQueriesGrpc;
import dev.kontor.proto.identity.AwaitRevokedRequest;
import dev.kontor.proto.identity.AwaitRevokedResponse;
import dev.kontor.proto.identity.IdentityQueriesGrpc;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.wire.identity.Caller;
import dev.kontor.wire.identity.Revocations;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevokingTest extends GatewayTest {

    private static final Revoked REVOKED = Revoked.newBuilder()
            .addRevocations(Revocation.newBuilder().setSessionId("session-1"))
            .build();
    private static final Preference WAIT = Preference.of(null);
    private static final Preference ASYNC = Preference.of("respond-async");

    private final List<Revoked> awaited = new ArrayList<>();
    private final ManagedChannel querySide =
            InProcessChannelBuilder.forName(ScriptedSides.NAME).build();
    private final Revoking revoking = new Revoking(new Heard(), querySide);

    /** Hears of everything, a moment before the views do. */
    private final class Heard implements Revocations {

        @Override
        public boolean revokes(Caller caller) {
            return false;
        }

        @Override
        public boolean await(Revoked revoked, Duration atMost) {
            assertThat(sides.received(IdentityQueriesGrpc.getAwaitRevokedMethod()))
                    .isNull();
            assertThat(sides.received(CustomerQueriesGrpc.getAwaitCustomerMethod()))
                    .isNull();
            assertThat(atMost).isEqualTo(Duration.ofSeconds(2));
            return awaited.add(revoked);
        }
    }

    @BeforeEach
    void the_views_show_everything() {
        sides.on(
                IdentityQueriesGrpc.getAwaitRevokedMethod(),
                q -> AwaitRevokedResponse.newBuilder().setFresh(true).build());
        sides.on(
                CustomerQueriesGrpc.getAwaitCustomerMethod(),
                q -> AwaitCustomerResponse.newBuilder().setFresh(true).build());
    }

    @AfterEach
    void hang_up() {
        querySide.shutdownNow();
    }

    @Test
    void an_answer_waits_until_this_gateway_refuses_the_tokens_and_the_view_shows_it() {
        assertThat(revoking.isShown(REVOKED, WAIT)).isTrue();

        assertThat(awaited).containsExactly(REVOKED);
        assertThat(sides.received(IdentityQueriesGrpc.getAwaitRevokedMethod()).request())
                .isEqualTo(AwaitRevokedRequest.newBuilder().setRevoked(REVOKED).build());
    }

    @Test
    void of_an_account_the_version_that_was_written_is_waited_for() {
        AccountChanged changed = AccountChanged.newBuilder()
                .setWritten(Written.newBuilder().setId("customer-1").setVersion(7))
                .setRevoked(REVOKED)
                .build();

        assertThat(revoking.isShown(changed, WAIT)).isTrue();

        assertThat(awaited).containsExactly(REVOKED);
        AwaitCustomerRequest asked = (AwaitCustomerRequest)
                sides.received(CustomerQueriesGrpc.getAwaitCustomerMethod()).request();
        assertThat(asked.getCustomerId()).isEqualTo("customer-1");
        assertThat(asked.getFreshness().getAtLeastVersion()).isEqualTo(7);
    }

    @Test
    void who_does_not_want_to_wait_for_the_views_waits_for_this_gateway_all_the_same() {
        assertThat(revoking.isShown(REVOKED, ASYNC)).isFalse();

        assertThat(awaited).containsExactly(REVOKED);
        assertThat(sides.received(IdentityQueriesGrpc.getAwaitRevokedMethod())).isNull();
    }
}
