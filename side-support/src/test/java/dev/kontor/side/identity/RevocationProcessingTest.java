package dev.kontor.side.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kontor.api.customer.CustomerEvent.CustomerErased;
import dev.kontor.api.customer.KeyDestroyedException;
import dev.kontor.api.customer.MemoryKeyRing;
import dev.kontor.api.customer.PersonalData;
import dev.kontor.api.customer.Sealed;
import dev.kontor.api.identity.CredentialsEvent.CredentialsClosed;
import dev.kontor.api.identity.CredentialsEvent.TokensRevoked;
import dev.kontor.api.identity.CredentialsEvent.VerifierSet;
import dev.kontor.api.identity.RevokedBecause;
import dev.kontor.api.identity.SessionEnd;
import dev.kontor.api.identity.SessionEvent.SessionRevoked;
import dev.kontor.api.identity.SessionId;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyAdded;
import dev.kontor.api.identity.SigningKeyEvent.SigningKeyRevoked;
import dev.kontor.api.ids.CustomerId;
import dev.kontor.api.storage.StoredJson;
import dev.kontor.api.storage.StoredTypes;
import dev.kontor.grpc.identity.Caller;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.Revocation;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.side.customer.Erasures;
import dev.kontor.store.EmbeddedEventStorageEngine;
import dev.kontor.store.EmbeddedEventStore;
import dev.kontor.store.EmbeddedStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real processor over a real event store. */
class RevocationProcessingTest {

    private static final Instant NOW = Instant.parse("2026-05-05T12:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final CustomerId CUSTOMER = CustomerId.mint();
    private static final SessionId SESSION = SessionId.mint();

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final Ticker ticker = nanos::get;
    private final PersonalData personalData = new PersonalData(new MemoryKeyRing(), new byte[32]);
    private final Set<CustomerId> erased = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicInteger keysRead = new AtomicInteger();
    /** How often the keys had been read when each revocation of a key was reported. */
    private final List<Integer> keysReadWhenTold = new CopyOnWriteArrayList<>();

    private final List<Revocation> notified = new CopyOnWriteArrayList<>();

    private EmbeddedStore store;
    private EmbeddedEventStore log;
    private Configuration axon;
    private SideRevocations revocations;

    @BeforeEach
    void open() {
        store = EmbeddedStore.open(folder);
        Serializer json = StoredJson.of(StoredTypes.events());
        log = EmbeddedEventStore.builder()
                .engine(EmbeddedEventStorageEngine.builder()
                        .store(store)
                        .eventSerializer(json)
                        .snapshotSerializer(json)
                        .build())
                .build();
        Configurer configurer = DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(c -> json)
                .configureEventSerializer(c -> json)
                .configureMessageSerializer(c -> json)
                .configureTransactionManager(c -> NoTransactionManager.instance())
                .configureEventStore(c -> log);
        new RevocationProcessing()
                .revocationProcessor(StoredRevocations.nowhere(), Clock.fixed(NOW, ZoneOffset.UTC))
                .configureModule(configurer);
        configurer
                .eventProcessing()
                .registerEventHandler(
                        c -> new RevocationEvents(revocations, keysRead::incrementAndGet, List.of(notified::add)))
                .registerEventHandler(c -> new Erasures(personalData, List.of(erased::add)));
        axon = configurer.buildConfiguration();
        revocations =
                new SideRevocations(
                        axon.eventProcessingConfiguration(),
                        log,
                        StoredRevocations.nowhere(),
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        ticker) {
                    @Override
                    void tell(long position, Revocation revocation, Instant at) {
                        if (failing.get()) {
                            throw new IllegalStateException("not now");
                        }
                        if (revocation.hasKid()) {
                            keysReadWhenTold.add(keysRead.get());
                        }
                        super.tell(position, revocation, at);
                    }
                };
    }

    @AfterEach
    void close() {
        axon.shutdown();
        revocations.destroy();
        store.close();
    }

    private void happened(Object event) {
        happened(event, NOW);
    }

    private void happened(Object event, Instant at) {
        String id = UUID.randomUUID().toString();
        EventMessage<?> message =
                new GenericDomainEventMessage<>("Test", id, 0, event, MetaData.emptyInstance(), id + "#0", at);
        log.publish(message);
    }

    private static Caller caller(CustomerId customer, SessionId session, long version) {
        return new Caller(customer.value(), "CUSTOMER", session.value(), version, NOW.plusSeconds(900), "token");
    }

    private boolean isRevoked(long version) {
        return revocations.revokes(caller(CUSTOMER, SessionId.mint(), version));
    }

    private boolean isRevoked(SessionId session) {
        return revocations.revokes(caller(CustomerId.mint(), session, 1));
    }

    private static SessionRevoked signedOut(SessionId session) {
        return new SessionRevoked(session, CUSTOMER, SessionEnd.SIGNED_OUT);
    }

    private static VerifierSet password(long version) {
        return new VerifierSet(CUSTOMER, new Sealed("AQ"), version);
    }

    /** Runs the check until the processor has reached the log's present head. */
    private void readToTheHead() {
        long asked = nanos.incrementAndGet();
        await().atMost(LONG).until(() -> {
            revocations.look();
            return revocations.knowsAllUntil(asked);
        });
    }

    @Test
    void tokens_cannot_be_verified_before_it_has_caught_up_with_the_log() {
        assertThatThrownBy(() -> isRevoked(SESSION))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE));
        assertThat(revocations.areKnownOfLate()).isFalse();

        axon.start();
        readToTheHead();

        assertThat(isRevoked(SESSION)).isFalse();
        assertThat(revocations.areKnownOfLate()).isTrue();
    }

    @Test
    void a_session_that_ended_is_revoked() {
        axon.start();
        happened(signedOut(SESSION));
        readToTheHead();

        assertThat(isRevoked(SESSION)).isTrue();
        assertThat(isRevoked(SessionId.mint())).isFalse();
    }

    @Test
    void listeners_are_notified_of_each_revocation() {
        axon.start();
        happened(password(1));
        happened(signedOut(SESSION));
        happened(new CredentialsClosed(CUSTOMER));

        await().atMost(LONG).until(() -> notified.size() == 2);
        assertThat(notified.getFirst().getSessionId()).isEqualTo(SESSION.value());
        assertThat(notified.getLast().getTokens().getCustomerId()).isEqualTo(CUSTOMER.value());
    }

    @Test
    void a_first_password_revokes_nothing_and_the_next_revokes_earlier_tokens() {
        axon.start();
        happened(password(1));
        readToTheHead();
        assertThat(isRevoked(0)).isFalse();

        happened(password(2));
        readToTheHead();

        assertThat(isRevoked(1)).isTrue();
        assertThat(isRevoked(2)).isFalse();
    }

    @Test
    void tokens_are_revoked_below_a_version_and_by_an_erasure_all() {
        axon.start();
        happened(new TokensRevoked(CUSTOMER, 5, RevokedBecause.ROLE_CHANGED));
        readToTheHead();
        assertThat(isRevoked(4)).isTrue();
        assertThat(isRevoked(5)).isFalse();

        happened(new CredentialsClosed(CUSTOMER));
        readToTheHead();

        assertThat(isRevoked(1_000_000)).isTrue();
    }

    @Test
    void a_caller_that_waits_for_a_revoked_key_learns_of_it() {
        axon.start();
        happened(new SigningKeyAdded("key-2", "AAAA", NOW));
        happened(new SigningKeyRevoked("key-1"));

        assertThat(revocations.await(
                        Revoked.newBuilder()
                                .addRevocations(Revocation.newBuilder().setKid("key-1"))
                                .build(),
                        LONG))
                .isTrue();
        assertThat(keysReadWhenTold)
                .as("a notified caller must not find the old keys")
                .containsExactly(2);
    }

    @Test
    void a_start_knows_revocations_of_ten_minutes_ago_and_not_those_of_twenty() {
        SessionId longAgo = SessionId.mint();
        happened(signedOut(longAgo), NOW.minus(Duration.ofMinutes(20)));
        happened(signedOut(SESSION), NOW.minus(Duration.ofMinutes(10)));

        axon.start();
        readToTheHead();

        assertThat(isRevoked(SESSION)).isTrue();
        assertThat(isRevoked(longAgo)).isFalse();
    }

    @Test
    void tokens_cannot_be_verified_while_it_is_stuck_and_when_it_continues_nothing_is_missing() {
        axon.start();
        readToTheHead();
        failing.set(true);
        happened(signedOut(SESSION));
        revocations.look();
        assertThat(isRevoked(SESSION)).as("not known yet, as by design").isFalse();

        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        revocations.look();
        nanos.addAndGet(2);
        revocations.look();
        assertThatThrownBy(() -> isRevoked(SESSION)).isInstanceOf(RefusedException.class);
        assertThat(revocations.areKnownOfLate()).isFalse();
        assertThat(revocations.wereKnown()).isTrue();

        failing.set(false);
        readToTheHead();
        assertThat(isRevoked(SESSION)).isTrue();
        assertThat(revocations.areKnownOfLate()).isTrue();
    }

    @Test
    void a_log_that_grows_all_the_time_is_not_a_lag() {
        axon.start();
        readToTheHead();
        for (int i = 0; i < 60; i++) {
            List.of(password(1), password(1)).forEach(this::happened);
            nanos.addAndGet(SideRevocations.BETWEEN_LOOKS.toNanos());
            readToTheHead();
        }

        assertThat(isRevoked(SESSION)).isFalse();
    }

    @Test
    void data_of_an_erased_customer_does_not_open_though_the_key_is_still_there() {
        Sealed sealed = personalData.seal(CUSTOMER, PersonalData.Field.NAME, "Ada");
        axon.start();
        assertThat(personalData.unseal(CUSTOMER, PersonalData.Field.NAME, sealed))
                .contains("Ada");

        happened(new CustomerErased(CUSTOMER));

        await().atMost(LONG).until(() -> erased.contains(CUSTOMER));
        assertThat(personalData.unseal(CUSTOMER, PersonalData.Field.NAME, sealed))
                .isEmpty();
        assertThatThrownBy(() -> personalData.seal(CUSTOMER, PersonalData.Field.NAME, "Ada"))
                .isInstanceOf(KeyDestroyedException.class);
    }
}
