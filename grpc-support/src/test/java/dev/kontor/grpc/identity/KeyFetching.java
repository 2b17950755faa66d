package dev.kontor.grpc.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import dev.kontor.proto.identity.SigningKey;
import dev.kontor.proto.identity.SigningKeys;
import dev.kontor.testsupport.TokenForge;
import io.grpc.Status;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** Two sides that list their keys, and fetches that a test triggers. */
abstract class KeyFetching {

    static final Duration LONG = Duration.ofSeconds(30);
    /** The time between the begin of a fetch and the next step. */
    static final Duration MOMENT = Duration.ofNanos(1);

    final ManualTicker ticker = new ManualTicker();
    final Listing command = new Listing();
    final Listing query = new Listing();
    final Fetches fetches = new Fetches();
    final RemoteKeys keys = new RemoteKeys(List.of(command, query), LONG, ticker, fetches);
    final ScheduledExecutorService others = Executors.newScheduledThreadPool(2);

    /** The keys of one side. */
    static final class Listing implements Supplier<SigningKeys> {
        final Map<String, PublicKey> listed = new LinkedHashMap<>(Map.of("key-1", TokenForge.KEYS.getPublic()));
        volatile boolean away;
        volatile int asked;

        @Override
        public SigningKeys get() {
            asked++;
            if (away) {
                throw Status.UNAVAILABLE.asRuntimeException();
            }
            SigningKeys.Builder all = SigningKeys.newBuilder();
            listed.forEach((id, key) -> all.addKeys(
                    SigningKey.newBuilder().setKid(id).setPublicKey(ByteString.copyFrom(key.getEncoded()))));
            return all.build();
        }
    }

    /** Scheduled fetches with their pauses; a test runs them. */
    static final class Fetches implements RateLimitedFetch.Later {

        record Due(Runnable work, Duration pause) {}

        final BlockingQueue<Due> due = new LinkedBlockingQueue<>();

        @Override
        public void run(Runnable work, Duration pause) {
            due.add(new Due(work, pause));
        }

        @Override
        public void close() {
            due.clear();
        }
    }

    @AfterEach
    void stop() {
        others.shutdownNow();
    }

    /** Waits until a fetch is scheduled, advances the clock by its pause, and runs it. Returns the pause. */
    Duration fetch() throws InterruptedException {
        Fetches.Due next = fetches.due.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as("the scheduled fetch").isNotNull();
        ticker.advance(next.pause());
        next.work().run();
        return next.pause();
    }

    CompletableFuture<Optional<RSAPublicKey>> ask(String keyId) {
        return CompletableFuture.supplyAsync(() -> keys.byId(keyId), Thread::startVirtualThread);
    }

    void theFirstAreFetched() throws InterruptedException {
        keys.start();
        fetch();
        assertThat(keys.areKnown()).isTrue();
        ticker.advance(MOMENT);
    }

    static void isUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE));
    }

    static <T> T answerOf(CompletableFuture<T> asked) throws Exception {
        return asked.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }
}
