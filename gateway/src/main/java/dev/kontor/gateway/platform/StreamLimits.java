package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.Problem;
import dev.kontor.grpc.platform.RefusedException;
import java.util.List;
import java.util.Map;

/** How many streams are open at a time, in sum and of one address, and how much memory they may take. */
final class StreamLimits {

    private static final Map<String, String> RETRY = Map.of(Problems.RETRY_AFTER, "10");

    private final int most;
    private final long mostMemory;
    private final PerAddressLimit perAddress;
    private int open;
    private long memory;
    private boolean isClosed;

    /** @param mostMemory in bytes; there may be one stream in any case */
    StreamLimits(LiveSettings settings, long mostMemory) {
        this.most = settings.streams();
        this.mostMemory = mostMemory;
        this.perAddress = new PerAddressLimit(settings.streamsPerAddress());
    }

    /**
     * Counts one more stream of this address. The caller has to leave.
     *
     * @param bytes that the stream may take
     * @throws RefusedException beyond a bound
     */
    synchronized void enter(String network, long bytes) {
        if (isClosed) {
            throw new RefusedException(Problem.UNAVAILABLE, "This gateway stops");
        }
        if (open >= most || (open > 0 && memory + bytes > mostMemory)) {
            throw new RefusedException(Problem.OVERLOADED, "Too many event streams are open", RETRY, List.of());
        }
        if (!perAddress.enter(network)) {
            throw new RefusedException(
                    Problem.TOO_MANY_REQUESTS, "Too many event streams of one address are open", RETRY, List.of());
        }
        open++;
        memory += bytes;
    }

    synchronized void leave(String network, long bytes) {
        perAddress.leave(network);
        open--;
        memory -= bytes;
    }

    synchronized int open() {
        return open;
    }

    /** No stream enters any more. */
    synchronized void close() {
        isClosed = true;
    }
}
