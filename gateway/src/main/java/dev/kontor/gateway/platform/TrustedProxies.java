package dev.kontor.gateway.platform;

import dev.kontor.grpc.platform.StartException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.catalina.util.NetMask;
import org.apache.catalina.valves.RemoteIpValve;

/** The proxies whose forwarding headers are trusted. Such headers of other clients are ignored. */
final class TrustedProxies implements Predicate<String> {

    private final List<String> blocks;
    private final List<NetMask> masks;

    TrustedProxies(List<String> named) {
        blocks = named.stream().map(TrustedProxies::block).toList();
        masks = blocks.stream().map(NetMask::new).toList();
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** Reads the client's address, scheme, host and port from the headers of trusted proxies. */
    RemoteIpValve valve() {
        RemoteIpValve valve = new RemoteIpValve();
        valve.setInternalProxies(blocks.stream().collect(Collectors.joining(",")));
        valve.setProtocolHeader("X-Forwarded-Proto");
        valve.setHostHeader("X-Forwarded-Host");
        valve.setPortHeader("X-Forwarded-Port");
        return valve;
    }

    @Override
    public boolean test(String address) {
        if (masks.isEmpty()) {
            return false;
        }
        InetAddress peer = InetAddress.ofLiteral(address);
        return masks.stream().anyMatch(mask -> mask.matches(peer));
    }

    /**
     * A block as it is, or the block of a single address.
     *
     * @throws StartException if the text is neither an address nor a block
     */
    static String block(String named) {
        String text = named.strip();
        try {
            String block = text.indexOf('/') >= 0
                    ? text
                    : text + "/" + InetAddress.ofLiteral(text).getAddress().length * Byte.SIZE;
            new NetMask(block);
            InetAddress.ofLiteral(block.substring(0, block.indexOf('/')));
            return block;
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    ("kontor.http.trusted-proxies names \"%s\", which is neither an address nor a block of addresses."
                                    + " Examples: 10.0.0.7 or 10.0.0.0/24; separate several by commas.")
                            .formatted(named));
        }
    }
}
