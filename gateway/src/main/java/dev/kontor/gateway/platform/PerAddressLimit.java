package dev.kontor.gateway.platform;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/** Limits how many of something each address has at a time. An address without any takes no memory. */
final class PerAddressLimit {

    /** One device can use many IPv6 addresses; the first half of an address is its network. */
    private static final int NETWORK_BYTES = 8;

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final IntSupplier most;

    PerAddressLimit(int most) {
        this(() -> most);
    }

    PerAddressLimit(IntSupplier most) {
        this.most = most;
    }

    boolean isFull(String network) {
        return counts.getOrDefault(network, 0) >= most.getAsInt();
    }

    /** Counts one more; false if the address has the most. The caller has to leave after {@code true}. */
    boolean enter(String network) {
        if (counts.merge(network, 1, Integer::sum) > most.getAsInt()) {
            leave(network);
            return false;
        }
        return true;
    }

    void leave(String network) {
        counts.computeIfPresent(network, (address, count) -> count == 1 ? null : count - 1);
    }

    /** The number of addresses with any. */
    int size() {
        return counts.size();
    }

    /** The network that an address counts for. */
    static String network(InetAddress address) {
        return address instanceof Inet6Address v6
                ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }
}
