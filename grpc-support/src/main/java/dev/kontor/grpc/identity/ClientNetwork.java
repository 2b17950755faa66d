package dev.kontor.grpc.identity;

import io.grpc.Context;
import io.grpc.Metadata;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The network of a gateway's client: its IPv4 address or the first 64 bits of its IPv6 address, because one device can
 * use many IPv6 addresses. Only a gateway reports it; it is unknown for other calls.
 */
public final class ClientNetwork {

    static final Metadata.Key<String> METADATA =
            Metadata.Key.of("kontor-client-network", Metadata.ASCII_STRING_MARSHALLER);

    private static final Context.Key<String> CONTEXT = Context.key("client-network");
    private static final Pattern ACCEPTABLE = Pattern.compile("[!-~]{1,64}");
    /** {@code 203.0.113.7:5061}, {@code [2001:db8::7]:5061}, {@code [2001:db8::7]}. */
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):[0-9]+|\\[([^\\]]+)](?::[0-9]+)?");

    private static final int NETWORK_BYTES = 8;

    private ClientNetwork() {}

    /** The network of the current call's client; empty if no gateway reported it. */
    public static Optional<String> current() {
        return Optional.ofNullable(CONTEXT.get());
    }

    /** A context in which {@link #current} is the network of this address; the gateway attaches it around its calls. */
    public static Context in(Context context, String address) {
        return context.withValue(CONTEXT, of(address));
    }

    /** @param address from the server or a proxy, with or without a port; any other text is returned unchanged */
    public static String of(String address) {
        String bare = withoutPort(address);
        try {
            InetAddress literal = InetAddress.ofLiteral(bare);
            return literal instanceof Inet6Address v6
                    ? HexFormat.of().formatHex(Arrays.copyOf(v6.getAddress(), NETWORK_BYTES))
                    : literal.getHostAddress();
        } catch (IllegalArgumentException notAnAddress) {
            // A name that a proxy reports.
            return address;
        }
    }

    /** Some proxies report the port as well, which differs between connections of the same client. */
    private static String withoutPort(String address) {
        Matcher withPort = WITH_PORT.matcher(address);
        return withPort.matches() ? Objects.requireNonNullElse(withPort.group(1), withPort.group(2)) : address;
    }

    static void put(Metadata headers) {
        current()
                .filter(network -> ACCEPTABLE.matcher(network).matches())
                .ifPresent(network -> headers.put(METADATA, network));
    }

    static Context toldBy(Metadata headers, Context context) {
        String told = headers.get(METADATA);
        return told != null && ACCEPTABLE.matcher(told).matches() ? context.withValue(CONTEXT, told) : context;
    }
}
