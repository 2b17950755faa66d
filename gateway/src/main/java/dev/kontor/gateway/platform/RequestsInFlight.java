package dev.kontor.gateway.platform;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the heap that all current requests hold. Each counts for {@link #BYTES_PER_REQUEST}, which includes the first
 * {@link #FREE_BYTES} of its body; the rest of a body is charged to a separate budget as it arrives. So large or
 * endless bodies do not block requests with small ones. One address has at most half of the requests.
 */
final class RequestsInFlight {

    /** Memory for a request and the objects made of it: four times the largest free body. */
    static final int BYTES_PER_REQUEST = 32_768;

    /** The part of each body, and of each answer, that is not charged. */
    static final int FREE_BYTES = 8_192;

    /** The longest wait to read a page. */
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

    /** Counts one more request of this address; false beyond a bound. The caller has to leave after {@code true}. */
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

    /** Charges so many more bytes of a body; false if the budget is exhausted. The caller has to give them back. */
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

    /** As {@link #take}, for an answer to this address. */
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
