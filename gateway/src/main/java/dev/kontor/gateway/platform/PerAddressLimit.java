package dev.kontor.gateway.platform;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many of something each address has at a time. What has ended takes no memory. */
final class PerAddressLimit {

    /** An address of IPv6 names a device that can have as many as it likes; the first half names the network. */
    private static final int NETWORK_BYTES = 8;

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final int most;

    /** @param most how many one address may have at a time */
    PerAddressLimit(int most) {
        this.most = most;
    }

    /** Whether there was room for one more; what entered has to leave. */
    boolean enter(String network) {
        if (counts.merge(network, 1, Integer::sum) > most) {
            leave(network);
            return false;
        }
        return true;
    }

    void leave(String network) {
        counts.computeIfPresent(network, (address, count) -> count == 1 ? null : count - 1);
    }

    /** How many addresses have any. */
    int size() {
        return counts.size();
    }

    /** What an address counts as. */
    static String network(InetAddress address) {
        return address instanceof Inet6Address v6
                ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }
}
