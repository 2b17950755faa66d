package dev.kontor.gateway.platform;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all requests that are being read and answered may hold of the heap. Each counts for {@link #BYTES_PER_REQUEST},
 * and so much of its body is free; what a body has beyond that comes from a budget of its own when it arrives. So bodies
 * that are large, or that never end, use up that budget and stop nobody who sends a small one. One address has at most
 * half of the requests.
 */
final class RequestsInFlight {

    /** Of memory, for the request and what is made of it; the largest body that needs no budget is a quarter of it. */
    static final int BYTES_PER_REQUEST = 32_768;

    /** What of each body, and of each answer, is free. */
    static final int FREE_BYTES = 8_192;

    /** How long the read of a page waits for others. */
    private static final Duration FOR_A_TURN = Duration.ofSeconds(2);

    private final PerAddressLimit perAddress;
    private final long mostRequests;
    private final long mostBytes;
    private final long mostOfAnswers;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong ofAnswers = new AtomicLong();
    private final Map<String, Long> ofAnswersPerAddress = new ConcurrentHashMap<>();
    private final PageReadLimit pages;

    RequestsInFlight(HttpSettings settings, long heap) {
        mostRequests = Math.max(2, heap / 100 * settings.requestsPercent() / BYTES_PER_REQUEST);
        mostBytes = heap / 100 * settings.bodiesPercent();
        mostOfAnswers = heap / 100 * settings.answersPercent();
        pages = new PageReadLimit(mostOfAnswers, FOR_A_TURN);
        perAddress = new PerAddressLimit((int) Math.min(settings.connectionsPerAddress(), mostRequests / 2));
    }

    /** Whether there was room for one more request of this address; what entered has to leave. */
    boolean enter(String network) {
        if (requests.incrementAndGet() > mostRequests) {
            requests.decrementAndGet();
            return false;
        }
        if (!perAddress.enter(network)) {
            requests.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave(String network) {
        perAddress.leave(network);
        requests.decrementAndGet();
    }

    /** Whether there was room for so many more bytes of a body; what was taken has to be given back. */
    boolean take(long more) {
        if (bytes.addAndGet(more) > mostBytes) {
            bytes.addAndGet(-more);
            return false;
        }
        return true;
    }

    void giveBack(long taken) {
        bytes.addAndGet(-taken);
    }

    /** Whether there was room for so many more bytes of an answer to this address; what was taken has to be given back. */
    boolean takeAnswer(String network, long more) {
        long inAll = ofAnswers.addAndGet(more);
        long ofAddress = ofAnswersPerAddress.merge(network, more, Long::sum);
        if (inAll > mostOfAnswers || ofAddress > mostOfAnswers / 2) {
            giveBackAnswer(network, more);
            return false;
        }
        return true;
    }

    void giveBackAnswer(String network, long taken) {
        ofAnswers.addAndGet(-taken);
        ofAnswersPerAddress.computeIfPresent(network, (address, bytes) -> bytes == taken ? null : bytes - taken);
    }

    PageReadLimit pages() {
        return pages;
    }
}
