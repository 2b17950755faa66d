package dev.kontor.grpc.platform;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;

/** The addresses that a process listens on, as in its settings. */
public final class Listeners {

    private Listeners() {}

    /**
     * The host of a URI for a listener: IPv6 in brackets, and the loopback address for "all addresses".
     */
    public static String hostIn(String address) {
        String bare = bare(address);
        if (bare.equals("0.0.0.0")) {
            return "127.0.0.1";
        }
        if (isAllOfIpv6(bare)) {
            return "[::1]";
        }
        return bare.contains(":") ? "[" + bare.replace("%", "%25") + "]" : bare;
    }

    /**
     * Whether only this machine can reach the address.
     *
     * @throws StartException if the name cannot be resolved
     */
    public static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(bare(address)).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new StartException("'%s' is not an address of this machine".formatted(address), e);
        }
    }

    /** Whether a process on this machine can listen on it. False for an unknown name. */
    static boolean isOfThisMachine(String address) {
        try {
            InetAddress found = InetAddress.getByName(bare(address));
            return found.isAnyLocalAddress()
                    || found.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(found) != null;
        } catch (UnknownHostException | SocketException unknown) {
            return false;
        }
    }

    private static String bare(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }

    private static boolean isAllOfIpv6(String address) {
        return address.contains(":") && address.chars().allMatch(c -> c == ':' || c == '0');
    }
}
