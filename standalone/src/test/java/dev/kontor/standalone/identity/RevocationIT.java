package dev.kontor.standalone.identity;

import static dev.kontor.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kontor.proto.identity.RevocationBatch;
import dev.kontor.proto.identity.RevocationFeedGrpc;
import dev.kontor.proto.identity.WatchRevocationsRequest;
import dev.kontor.standalone.Customer;
import dev.kontor.standalone.KontorProcess;
import dev.kontor.standalone.Shop;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What was revoked is refused within a moment, by whomever it is asked, and still is after a restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RevocationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SELF = "/api/v1/customers/me";
    private static final int CUSTOMERS = 10;

    private final List<Customer> promoted = new ArrayList<>();
    private final List<Duration> untilRefused = new ArrayList<>();
    private Customer untouched;
    private List<String> watched;
    private Duration untilEnded;
    private KontorProcess before;
    private KontorProcess after;
    private Shop shop;

    @BeforeAll
    void revocations_and_a_restart(@TempDir Path data) throws Exception {
        before = KontorProcess.start(data, "--kontor.demo=true");
        Shop first = new Shop(before);
        untouched = first.signedInCustomer();
        for (int i = 0; i < CUSTOMERS; i++) {
            Customer customer = first.signedInCustomer();
            promoted.add(customer);
            untilRefused.add(promote(customer, first));
        }
        ManagedChannel channel = Grpc.newChannelBuilder(before.grpc(), InsecureChannelCredentials.create())
                .build();
        try {
            watched = whatTheFeedTells(channel);
            CountDownLatch ended = watch(channel);
            long asked = System.nanoTime();
            before.stop();
            before.exitCode(PATIENCE);
            untilEnded = Duration.ofNanos(System.nanoTime() - asked);
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            channel.shutdownNow();
        }
        after = KontorProcess.start(data, "--kontor.demo=true");
        shop = new Shop(after);
    }

    /** A role is changed; answers how long it took from the answer until the token of before is refused. */
    private static Duration promote(Customer customer, Shop shop) {
        String role = "/api/v1/customers/" + customer.id() + "/role";
        shop.admin().client().sendJson("PUT", role, Map.of("role", "ADMIN")).hasStatus(200);
        long answered = System.nanoTime();
        eventually(
                PATIENCE,
                "the token is refused",
                () -> customer.client().get(SELF).status() == 401);
        return Duration.ofNanos(System.nanoTime() - answered);
    }

    private static List<String> whatTheFeedTells(ManagedChannel channel) {
        Iterator<RevocationBatch> batches = RevocationFeedGrpc.newBlockingStub(channel)
                .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .watch(WatchRevocationsRequest.getDefaultInstance());
        List<String> customers = new ArrayList<>();
        RevocationBatch batch;
        do {
            batch = batches.next();
            batch.getRevocationsList().stream()
                    .filter(revocation -> revocation.hasTokens())
                    .forEach(revocation -> customers.add(revocation.getTokens().getCustomerId()));
        } while (!batch.getComplete());
        return customers;
    }

    private static CountDownLatch watch(ManagedChannel channel) throws InterruptedException {
        CountDownLatch heard = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        RevocationFeedGrpc.newStub(channel).watch(WatchRevocationsRequest.getDefaultInstance(), new StreamObserver<>() {
            @Override
            public void onNext(RevocationBatch batch) {
                heard.countDown();
            }

            @Override
            public void onError(Throwable failure) {
                ended.countDown();
            }

            @Override
            public void onCompleted() {
                ended.countDown();
            }
        });
        assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
        return ended;
    }

    @AfterAll
    void close() {
        for (KontorProcess kontor : new KontorProcess[] {before, after}) {
            if (kontor != null) {
                kontor.close();
            }
        }
    }

    @Test
    void a_token_of_before_a_role_change_is_refused_within_a_second() {
        List<Duration> sorted = untilRefused.stream().sorted().toList();
        System.out.println("from the answer to the first refusal: " + sorted);

        assertThat(sorted.get(CUSTOMERS / 2)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void whoever_follows_the_feed_is_told_of_each() {
        assertThat(watched).containsAll(promoted.stream().map(Customer::id).toList());
    }

    @Test
    void an_open_stream_does_not_hold_up_the_end() {
        assertThat(untilEnded).isLessThan(Duration.ofSeconds(9));
        assertThat(before.output()).doesNotContain(" ERROR ", "\tat ");
    }

    @Test
    void a_restart_forgets_nothing_that_was_revoked() {
        assertThat(promoted)
                .allSatisfy(customer -> customer.at(shop).client().get(SELF).isProblem(401, "unauthenticated"));
        untouched.at(shop).client().get(SELF).hasStatus(200);
    }
}
