package dev.kontor.side.identity;

import static dev.kontor.testsupport.GrpcCalls.answerOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kontor.api.identity.SigningKeyList;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.AwaitRevocationRequest;
import dev.kontor.proto.identity.AwaitRevocationResponse;
import dev.kontor.proto.identity.ListKeysRequest;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.testsupport.GrpcCalls;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenVerificationServiceTest {

    private static final Instant NOW = Instant.parse("2026-05-05T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Revocation SESSION =
            Revocation.newBuilder().setSessionId("session-1").build();

    private final Side side = new Side();
    private final TokenVerificationService endpoint = new TokenVerificationService(new Keys(), side, CLOCK);

    /** Reports the log as read as far as a test sets. */
    private static final class Side extends SideRevocations {

        private boolean isUpToDate = true;
        private boolean known = true;
        private CountDownLatch waiting = new CountDownLatch(0);
        private final CountDownLatch over = new CountDownLatch(1);

        Side() {
            super(null, log(), StoredRevocations.nowhere(), CLOCK);
        }

        private static EventStore log() {
            return EmbeddedEventStore.builder()
                    .storageEngine(new InMemoryEventStorageEngine())
                    .build();
        }

        @Override
        boolean areKnownOfLate() {
            return isUpToDate;
        }

        @Override
        boolean await(Revoked revoked, Duration atMost) {
            assertThat(atMost).isEqualTo(Duration.ofSeconds(2));
            if (waiting.getCount() > 0) {
                waiting.countDown();
                try {
                    return over.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return known;
        }
    }

    private static final class Keys implements SideKeys {

        @Override
        public SigningKeyList list() {
            return SigningKeyList.EMPTY
                    .with("key-1", "AAAA", NOW.minus(Duration.ofDays(1)))
                    .with("key-2", "AAAA", NOW.minus(Duration.ofHours(1)))
                    .with("key-3", "AAAA", NOW.plusSeconds(10))
                    .withRevoked("key-3", NOW);
        }

        @Override
        public Optional<RSAPublicKey> byId(String keyId) {
            return Optional.empty();
        }

        @Override
        public void refresh() {}
    }

    @AfterEach
    void end() {
        side.over.countDown();
        side.destroy();
    }

    private SigningKeys listed() {
        return answerOf(answer -> endpoint.listKeys(ListKeysRequest.getDefaultInstance(), answer));
    }

    private boolean isKnown(Revocation... revocations) {
        AwaitRevocationRequest request = AwaitRevocationRequest.newBuilder()
                .setRevoked(Revoked.newBuilder().addAllRevocations(List.of(revocations)))
                .build();
        return GrpcCalls.<AwaitRevocationResponse>answerOf(answer -> endpoint.awaitRevocation(request, answer))
                .getKnown();
    }

    private static Problem problemOf(Runnable call) {
        try {
            call.run();
        } catch (RefusedException refused) {
            return refused.problem();
        }
        throw new AssertionError("the call was not refused");
    }

    @Test
    void keys_that_are_valid_now_or_soon_are_listed() {
        assertThat(listed().getKeysList()).extracting(SigningKey::getKid).containsExactly("key-2");
    }

    /** The list of a side that no longer reads the log would contain keys revoked since. */
    @Test
    void no_keys_are_listed_while_the_log_is_not_read() {
        side.isUpToDate = false;

        assertThat(problemOf(this::listed)).isEqualTo(Problem.UNAVAILABLE);
    }

    @Test
    void a_gateway_learns_whether_a_revocation_is_known() {
        assertThat(isKnown(SESSION)).isTrue();

        side.known = false;

        assertThat(isKnown(SESSION)).isFalse();
    }

    @Test
    void a_hundred_revocations_are_waited_for_at_once_and_no_more() {
        Revocation[] many = new Revocation[TokenVerificationService.MOST_REVOCATIONS + 1];
        Arrays.fill(many, SESSION);

        assertThatThrownBy(() -> isKnown(many))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.INVALID_REQUEST));
    }

    @Test
    void the_number_of_waiting_callers_is_limited() throws Exception {
        side.waiting = new CountDownLatch(TokenVerificationService.MOST_WAITING);
        List<CompletableFuture<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < TokenVerificationService.MOST_WAITING; i++) {
            callers.add(CompletableFuture.supplyAsync(() -> isKnown(SESSION), Thread::startVirtualThread));
        }
        assertThat(side.waiting.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(problemOf(() -> isKnown(SESSION))).isEqualTo(Problem.OVERLOADED);

        side.over.countDown();
        for (CompletableFuture<Boolean> waited : callers) {
            assertThat(waited.get(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(isKnown(SESSION)).isTrue();
    }
}
