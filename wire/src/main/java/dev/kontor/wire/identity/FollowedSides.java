package dev.kontor.wire.identity;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.kontor.proto.identity.RevocationFeedGrpc;
import dev.kontor.proto.identity.Revoked;
import dev.kontor.wire.operations.Problem;
import dev.kontor.wire.operations.Refused;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What several sides tell of tokens, as if it were one: so tokens can be verified for as long as one side is there.
 *
 * <p>What any of them has told to be revoked, is. A side's word that something is <em>not</em> revoked, and its list of
 * keys, count while its feed is fresh, for then it knows the log as it was a few seconds ago. Where no feed is, nobody can
 * tell, and every question is refused with {@code UNAVAILABLE}. Safe for use by many threads.
 */
public final class FollowedSides implements Revocations, VerificationKeys, AutoCloseable {

    private final RevocationList list;
    private final List<Side> sides;
    private final Moment moment = new Moment();

    private record Side(String name, RemoteKeys keys, RemoteRevocations feed) {}

    /** @param channels to each side by its name; of two that lead to one server give one */
    public FollowedSides(Map<String, ? extends Channel> channels, Clock clock, Ticker ticker) {
        this.list = new RevocationList(ticker);
        this.sides = channels.entrySet().stream()
                .map(side -> follow(side.getKey(), side.getValue(), clock, ticker))
                .toList();
    }

    /** Each side's keys are fetched from itself: only it is sure to know of the change that it tells of. */
    private Side follow(String name, Channel channel, Clock clock, Ticker ticker) {
        RemoteKeys keys = RemoteKeys.ofSide(channel, clock);
        return new Side(
                name, keys, new RemoteRevocations(RevocationFeedGrpc.newStub(channel), keys::refetch, list, ticker));
    }

    /** Follows the feeds from now on. To be called once. */
    public void start() {
        sides.forEach(side -> side.feed().start());
    }

    /** Whether everything was known here at some time. Once true it stays true. */
    public boolean hasBeenComplete() {
        return sides.stream().anyMatch(side -> side.feed().hasBeenComplete());
    }

    /** Whether the feed of each side, by its name, is fresh at the moment. */
    public Map<String, Boolean> fresh() {
        Map<String, Boolean> fresh = new LinkedHashMap<>();
        sides.forEach(side -> fresh.put(side.name(), side.feed().isFresh()));
        return fresh;
    }

    @Override
    public boolean revokes(Caller caller) {
        if (list.revokes(caller)) {
            return true;
        }
        // After a pause of this process or of its side the feed is fresh again in a moment, with what it had to tell.
        if (!isAnyFresh() && !(hasBeenComplete() && moment.await(this::isAnyFresh))) {
            throw new Refused(Problem.UNAVAILABLE, "Tokens cannot be verified at the moment");
        }
        return list.revokes(caller);
    }

    private boolean isAnyFresh() {
        return sides.stream().anyMatch(side -> side.feed().isFresh());
    }

    @Override
    public boolean await(Revoked revoked, Duration atMost) {
        return list.await(revoked, atMost);
    }

    /** @throws StatusRuntimeException where no side knows it, and one of them could not be asked */
    @Override
    public Optional<RSAPublicKey> byId(String keyId) {
        // A side that is a moment behind the other may still list it.
        if (list.revokesKey(keyId)) {
            return Optional.empty();
        }
        List<Side> heard = heard();
        StatusRuntimeException failure = null;
        for (Side side : heard) {
            try {
                Optional<RSAPublicKey> known = side.keys().ifKnown(keyId);
                if (known.isPresent()) {
                    return known;
                }
            } catch (StatusRuntimeException e) {
                failure = e;
            }
        }
        for (Side side : heard) {
            try {
                Optional<RSAPublicKey> found = side.keys().byId(keyId);
                if (found.isPresent()) {
                    return found;
                }
            } catch (StatusRuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    /** The keys have changed: fetches them now from every side that is heard. Never throws. */
    public void refetchKeys() {
        heard().forEach(side -> side.keys().refetch());
    }

    /** Whose feed is fresh; all of them where none is, which is as good, as then no token is taken anyway. */
    private List<Side> heard() {
        if (sides.size() == 1) {
            return sides;
        }
        List<Side> fresh = sides.stream().filter(side -> side.feed().isFresh()).toList();
        return fresh.isEmpty() ? sides : fresh;
    }

    @Override
    public void close() {
        sides.forEach(side -> side.feed().close());
    }
}
