package dev.kontor.grpc.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;

/**
 * A target such as {@code list:///host1:9091,host2:9091}, which lists every address of a side.
 *
 * @param addresses at least one
 */
record StaticAddresses(List<Address> addresses) {

    static final String SCHEME = "list";

    private static final String PREFIX = SCHEME + ":///";
    private static final int HIGHEST_PORT = 65_535;

    /** @param host a name or an address; IPv6 in brackets */
    record Address(String host, int port) {

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** @throws IllegalArgumentException with a message for the operator */
    static StaticAddresses parse(String target) {
        if (!target.startsWith(PREFIX)) {
            throw unusable(target, "it must begin with " + PREFIX);
        }
        return new StaticAddresses(
                Arrays.stream(target.substring(PREFIX.length()).split(",", -1))
                        .map(part -> addressOf(target, part.strip()))
                        .toList());
    }

    private static Address addressOf(String target, String part) {
        try {
            URI uri = new URI("grpc://" + part);
            if (uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= HIGHEST_PORT) {
                Address address = new Address(uri.getHost(), uri.getPort());
                if (part.equals(address.toString())) {
                    return address;
                }
            }
        } catch (URISyntaxException e) {
            throw unusable(target, "\"%s\" is no host:port".formatted(part));
        }
        throw unusable(target, "\"%s\" is no host:port".formatted(part));
    }

    private static IllegalArgumentException unusable(String target, String why) {
        return new IllegalArgumentException("The address \"%s\" cannot be used: %s".formatted(target, why));
    }
}
