package dev.kontor.grpc.platform;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;

/** Registers targets of the form {@link StaticAddresses} with gRPC, through the service loader. */
public final class StaticAddressesProvider extends NameResolverProvider {

    private static final int USUAL_PRIORITY = 5;

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
        if (!StaticAddresses.SCHEME.equals(target.getScheme())) {
            return null;
        }
        return new StaticAddressResolver(
                StaticAddresses.parse(target.toString()),
                arguments.getOffloadExecutor(),
                arguments.getSynchronizationContext());
    }

    @Override
    public String getDefaultScheme() {
        return StaticAddresses.SCHEME;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return List.of(InetSocketAddress.class);
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    /** Lower than DNS, which has to stay the default for targets without a scheme. */
    @Override
    protected int priority() {
        return USUAL_PRIORITY - 1;
    }
}
